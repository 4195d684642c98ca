using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of events.</summary>
internal static class EventRules
{
    public static readonly KindRules Rules = new() { Defaults = Default, Validate = Validate };

    /// <summary>These stand in every event, even with nothing in them.</summary>
    private static void Default(JsonObject content)
    {
        content.Child("involvedObject");
        content.Child("source");
        foreach (var time in new[] { "firstTimestamp", "lastTimestamp", "eventTime" })
            if (!content.ContainsKey(time)) content[time] = null;
        content.Default("reportingComponent", "");
        content.Default("reportingInstance", "");
    }

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var (involved, space) = (content.Child("involvedObject").Text("namespace") ?? "", content.Metadata().Text("namespace"));
        // What is in no namespace has its events in the default one.
        if (involved != space && (involved != "" || space != "default"))
            errors.Invalid("involvedObject.namespace", involved, "does not match event.namespace");
    }
}
