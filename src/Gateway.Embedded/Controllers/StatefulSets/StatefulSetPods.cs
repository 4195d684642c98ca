using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.StatefulSets;

/// <summary>Makes and deletes the pods of StatefulSets, and makes the claims that they keep.</summary>
internal sealed class StatefulSetPods(ClusterObjects objects, EventLog events)
{
    /// <summary>The pods of a set by their ordinals.</summary>
    public PodView[] Of(StoredObject set) =>
        [.. objects.Store.Dependents(set.Uid).Where(item => item.Type == ResourceTypes.Pods).Select(pod => new PodView(pod)).OrderBy(Ordinal)];

    public static int Ordinal(PodView pod) => int.TryParse(pod.Stored.Name.AsSpan(pod.Stored.Name.LastIndexOf('-') + 1), out var ordinal) ? ordinal : int.MaxValue;

    /// <summary>Makes a pod and its claims; false where one was refused.</summary>
    public bool Create(StoredObject set, JsonObject spec, int ordinal, string revision)
    {
        var name = $"{set.Name}-{ordinal}";
        try
        {
            foreach (var claim in spec.Items("volumeClaimTemplates")) Claim(set, claim, name);
            objects.Create(ResourceTypes.Pods, set.Namespace, Pod(set, spec, name, ordinal, revision));
            events.Normal(set, "SuccessfulCreate", $"Create Pod {name} in StatefulSet {set.Name} successful");
            return true;
        }
        catch (Refusal refusal)
        {
            events.Warn(set, "FailedCreate", $"create Pod {name} in StatefulSet {set.Name} failed error: {refusal.Message}");
            return false;
        }
    }

    public void Delete(StoredObject set, PodView pod)
    {
        try
        {
            objects.Delete(ResourceTypes.Pods, set.Namespace, pod.Stored.Name, DeleteOptions.Background with { Uid = pod.Stored.Uid });
            events.Normal(set, "SuccessfulDelete", $"Delete Pod {pod.Stored.Name} in StatefulSet {set.Name} successful");
        }
        catch (Refusal)
        {
            // It has gone by itself.
        }
    }

    private static JsonObject Pod(StoredObject set, JsonObject spec, string name, int ordinal, string revision)
    {
        var pod = PodTemplate.ToPod(spec.Child("template"), set);
        pod.Metadata()["name"] = name;
        var labels = pod.Metadata().Child("labels");
        labels["apps.kubernetes.io/pod-index"] = $"{ordinal}";
        labels["statefulset.kubernetes.io/pod-name"] = name;
        labels[Revision.Label] = revision;
        var inner = pod.Child("spec");
        inner["hostname"] = name;
        if (spec.Text("serviceName") is { Length: > 0 } service) inner["subdomain"] = service;
        Mount(inner, spec, name);
        return pod;
    }

    private static void Mount(JsonObject pod, JsonObject spec, string name)
    {
        var claims = spec.Items("volumeClaimTemplates").Select(claim => claim.Metadata().Text("name")!).ToArray();
        if (claims.Length == 0) return;
        var own = claims.Select(claim => (JsonNode)new JsonObject { ["name"] = claim, ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = $"{claim}-{name}" } });
        var others = pod.Items("volumes").Where(volume => !claims.Contains(volume.Text("name"))).Select(volume => volume.DeepClone());
        pod["volumes"] = new JsonArray([.. own, .. others]);
    }

    private void Claim(StoredObject set, JsonObject template, string pod)
    {
        var name = $"{template.Metadata().Text("name")}-{pod}";
        if (objects.Store.Find(ResourceTypes.Claims, set.Namespace, name) is not null) return;
        var claim = template.DeepClone().AsObject();
        claim.Remove("status");
        claim.Metadata()["name"] = name;
        objects.Create(ResourceTypes.Claims, set.Namespace, claim);
        events.Normal(set, "SuccessfulCreate", $"Create Claim {name} Pod {pod} in StatefulSet {set.Name} success");
    }
}
