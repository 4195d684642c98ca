using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access.Reviews;

/// <summary>Answers the kinds that are questions: nothing of them is stored.</summary>
internal sealed class ReviewAnswers(Authentication authentication, Authorizer authorizer, ClusterObjects objects)
{
    /// <summary>Writes the answer into the review's status.</summary>
    public JsonObject Answer(ResourceType type, User caller, JsonObject review)
    {
        var spec = review.Child("spec");
        review.Remove("status");
        review["status"] = type.Kind switch
        {
            "TokenReview" => TokenStatus(spec),
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = caller.ToJson() },
            "SelfSubjectRulesReview" => RulesStatus(caller, spec.Text("namespace") ?? ""),
            "SelfSubjectAccessReview" => AccessStatus(caller, spec),
            _ => AccessStatus(Subject(spec), spec),
        };
        if (type.Kind == "SelfSubjectReview") Stamp(review);
        return Whole(type, review);
    }

    private JsonObject TokenStatus(JsonObject spec)
    {
        var asked = spec.Texts("audiences").DefaultIfEmpty(ServiceAccountTokens.ApiAudience).ToArray();
        var accepted = asked.Where(audience => authentication.Bearer(spec.Text("token") ?? "", audience) is not null).ToArray();
        if (accepted.Length == 0) return new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };
        var user = authentication.Bearer(spec.Text("token")!, accepted[0])!;
        return new JsonObject { ["authenticated"] = true, ["user"] = user.ToJson(), ["audiences"] = new JsonArray([.. accepted.Select(audience => (JsonNode)audience)]) };
    }

    private JsonObject AccessStatus(User user, JsonObject spec)
    {
        var reason = authorizer.Allows(user, WishOf(spec));
        var status = new JsonObject { ["allowed"] = reason is not null };
        if (!string.IsNullOrEmpty(reason)) status["reason"] = reason;
        return status;
    }

    private JsonObject RulesStatus(User user, string space)
    {
        var rules = authorizer.Rules(user, space).ToArray();
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules.Where(rule => rule.Resources.Length > 0).Select(ResourceRule)]),
            ["nonResourceRules"] = new JsonArray([.. rules.Where(rule => rule.Paths.Length > 0).Select(rule => (JsonNode)new JsonObject { ["verbs"] = Texts(rule.Verbs), ["nonResourceURLs"] = Texts(rule.Paths) })]),
            ["incomplete"] = false,
        };
    }

    private static JsonObject ResourceRule(Rule rule)
    {
        var json = new JsonObject { ["verbs"] = Texts(rule.Verbs), ["apiGroups"] = Texts(rule.Groups), ["resources"] = Texts(rule.Resources) };
        if (rule.Names.Length > 0) json["resourceNames"] = Texts(rule.Names);
        return json;
    }

    private static User Subject(JsonObject spec) => new(spec.Text("user") ?? "", [.. spec.Texts("groups")]);

    private static Wish WishOf(JsonObject spec)
    {
        if (spec["nonResourceAttributes"] is JsonObject path) return new Wish(path.Text("verb") ?? "") { Path = path.Text("path") ?? "" };
        var resource = spec["resourceAttributes"] as JsonObject ?? throw Refusal.BadRequest("exactly one of nonResourceAttributes or resourceAttributes must be specified");
        return new Wish(resource.Text("verb") ?? "")
        {
            Group = resource.Text("group") ?? "",
            Resource = resource.Text("resource") ?? "",
            Subresource = resource.Text("subresource") ?? "",
            Namespace = resource.Text("namespace") ?? "",
            Name = resource.Text("name") ?? "",
        };
    }

    private void Stamp(JsonObject review)
    {
        review.Remove("spec");
        review.Metadata()["creationTimestamp"] = objects.Now;
    }

    private static JsonObject Whole(ResourceType type, JsonObject review)
    {
        var whole = new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = review.Metadata().DeepClone() };
        foreach (var (key, value) in review.Where(entry => entry.Key is "spec" or "status")) whole[key] = value?.DeepClone();
        return whole;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
