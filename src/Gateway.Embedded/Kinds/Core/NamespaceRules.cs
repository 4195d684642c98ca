using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of namespaces.</summary>
internal static class NamespaceRules
{
    public const string NameLabel = "kubernetes.io/metadata.name";
    public const string Finalizer = "kubernetes";

    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin };

    private static void Default(JsonObject content) =>
        content.Metadata().Child("labels")[NameLabel] = content.Metadata().Text("name");

    private static void Begin(JsonObject content)
    {
        content.Child("spec")["finalizers"] = new JsonArray(Finalizer);
        content.Child("status")["phase"] = "Active";
    }
}
