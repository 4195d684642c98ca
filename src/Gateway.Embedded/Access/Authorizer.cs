using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Access;

/// <summary>Role-based access control: rights add up, and what nobody granted is refused.</summary>
internal sealed class Authorizer(Grants grants)
{
    /// <summary>Who grants this, in the words of a review; null where nobody does.</summary>
    public string? Allows(User user, Wish wish)
    {
        if (user.Groups.Contains(User.Masters)) return "";
        return Reaching(user, wish.Namespace).FirstOrDefault(grant => grant.Rules.Any(rule => rule.Allows(wish)))?.Reason;
    }

    /// <summary>The rules that apply to a user in a namespace.</summary>
    public IEnumerable<Rule> Rules(User user, string space) => user.Groups.Contains(User.Masters)
        ? [Rule.Everything, Rule.EveryPath]
        : Reaching(user, space).SelectMany(grant => grant.Rules);

    /// <summary>Refuses what the user may not do.</summary>
    public void Require(User user, Wish wish)
    {
        if (Allows(user, wish) is not null) return;
        if (wish.Path is { } path) throw new Refusal(403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {wish.Verb} path \"{path}\"", []);
        var scope = wish.Namespace == "" ? "at the cluster scope" : $"in the namespace \"{wish.Namespace}\"";
        throw Refusal.Forbidden(wish.Group, wish.Resource, wish.Name, $"User \"{user.Name}\" cannot {wish.Verb} resource \"{wish.FullResource}\" in API group \"{wish.Group}\" {scope}");
    }

    private IEnumerable<Grant> Reaching(User user, string space) =>
        grants.In("").Concat(space == "" ? [] : grants.In(space)).Where(grant => grant.Reaches(user));
}
