using System.Text.Json.Nodes;

namespace Gateway.Embedded.Store;

/// <summary>When an object leaves: once its deletion was asked for, its grace is over and nothing holds it.</summary>
internal static class Lifetime
{
    public static bool IsOver(JsonObject content)
    {
        var metadata = content.Metadata();
        return metadata["deletionTimestamp"] is not null
            && (metadata.Number("deletionGracePeriodSeconds") ?? 0) == 0
            && !IsHeld(metadata)
            && !(content["spec"] is JsonObject spec && IsHeld(spec));
    }

    /// <summary>Objects are held by their finalizers, namespaces also by those of their specification.</summary>
    private static bool IsHeld(JsonObject part) => part["finalizers"] is JsonArray { Count: > 0 };
}
