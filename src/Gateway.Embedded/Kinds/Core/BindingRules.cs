using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of role bindings.</summary>
internal static class BindingRules
{
    private const string Group = "rbac.authorization.k8s.io";

    public static readonly KindRules Rules = new() { Defaults = Default, Validate = Validate, ValidateUpdate = ValidateUpdate };

    private static void Default(JsonObject content)
    {
        content.Child("roleRef").Default("apiGroup", Group);
        foreach (var subject in content.Items("subjects").Where(subject => subject.Text("kind") is "User" or "Group")) subject.Default("apiGroup", Group);
    }

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var role = content.Child("roleRef");
        if (role.Text("kind") is var kind and not ("Role" or "ClusterRole")) errors.NotSupported("roleRef.kind", kind ?? "", "Role", "ClusterRole");
        if (string.IsNullOrEmpty(role.Text("name"))) errors.Required("roleRef.name");
        foreach (var (subject, index) in content.Items("subjects").Select((subject, index) => (subject, index)))
        {
            if (subject.Text("kind") is var given and not ("User" or "Group" or "ServiceAccount")) errors.NotSupported($"subjects[{index}].kind", given ?? "", "ServiceAccount", "User", "Group");
            if (string.IsNullOrEmpty(subject.Text("name"))) errors.Required($"subjects[{index}].name");
            if (subject.Text("kind") == "ServiceAccount" && string.IsNullOrEmpty(subject.Text("namespace"))) errors.Required($"subjects[{index}].namespace");
        }
    }

    private static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        Validate(content, errors);
        if (!Json.Same(content["roleRef"], before["roleRef"])) errors.Invalid("roleRef", content["roleRef"], "cannot change roleRef");
    }
}
