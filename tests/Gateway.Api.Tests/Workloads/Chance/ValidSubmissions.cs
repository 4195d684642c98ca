using System.Text.Json.Nodes;
using CsCheck;
using Gateway.Core.Workloads;
using static Gateway.Api.Tests.Workloads.Chance.Json;

namespace Gateway.Api.Tests.Workloads.Chance;

/// <summary>Submissions of both types over all fields, every one valid.</summary>
internal static class ValidSubmissions
{
    private static readonly string[] Ranges = ["cpu", "memory", "ephemeralStorage"];

    private static Gen<JsonNode?> KeyReference => Object(("name", ObjectName), ("key", Among("a", "token.txt", "A_b-c")));

    private static Gen<JsonNode?> Env => List(
        Gen.OneOf(
            Object(("value", Text)), Object(("secret", KeyReference)), Object(("configMap", KeyReference)),
            Object(("field", Among("metadata.name", "status.podIP", "metadata.labels['team']", "metadata.annotations['example.org/rank']")))),
        0, 5);

    private static Gen<JsonNode?> EnvFrom => List(Gen.OneOf(Object(("prefix", Among("", "NCCL_", "_a").Maybe()), ("secret", ObjectName)), Object(("configMap", ObjectName))), 0, 3);

    private static Gen<JsonNode?> Gpu => Gen.OneOf(
        Object(("count", Number(0, 16))),
        Object(("fraction", Gen.Int[1, 99].Select(percent => (JsonNode?)(percent / 100m))), ("devices", Number(1, 8).Maybe())),
        Object(("memory", Amount("Mi", "Gi", "M", "G", "")), ("devices", Number(1, 8).Maybe())),
        Object(("mig", Among("1g.5gb", "3g.20gb", "1g.10gb.me"))));

    private static Gen<JsonNode?> Source => Gen.OneOf(
        Object(("claim", Object(("name", ObjectName)))),
        Object(("newClaim", Object(
            ("name", ObjectName.Maybe()), ("size", Amount("Mi", "Gi", "T", "")), ("storageClass", ObjectName.Maybe()), ("ephemeral", Flag.Maybe()),
            ("accessModes", List(Among("ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"), 1, 1).Maybe())))),
        Object(("hostPath", Object(("path", FilePath)))),
        Object(("nfs", Object(("server", Among("nfs.example.org", "10.0.0.1", "fd00::1")), ("path", FilePath)))),
        Object(("emptyDir", Object(("medium", Among("Memory").Maybe()), ("size", Amount("Mi", "Gi").Maybe())))),
        Object(("configMap", Object(("name", ObjectName), ("mode", Among("0644", "400", "0777").Maybe())))),
        Object(("secret", Object(("name", ObjectName), ("mode", Among("0644", "400").Maybe())))),
        Object(("git", Object(("repository", Among("https://example.org/a/b.git", "https://example.org:8443/x")), ("revision", Among("main", "v1.0", "a/b").Maybe()), ("secret", ObjectName.Maybe())))));

    private static Gen<JsonNode?> Volumes => List(
        Gen.Select(
            Object(("mountPath", FilePath), ("readOnly", Flag.Maybe()), ("subPath", Among("", "a", "a/b").Maybe()), ("mountPropagation", Among("None", "HostToContainer").Maybe())), Source,
            (volume, source) => (JsonNode?)new JsonObject(volume!.AsObject().Concat(source!.AsObject()).Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value))))),
        0, 5);

    private static Gen<JsonNode?> Ports => List(
        Object(("port", Number(1, 65535)), ("name", Label(12).Select(name => (JsonNode?)name.Replace("--", "-x").Replace("--", "x")).Maybe()), ("protocol", Among("TCP", "UDP", "SCTP").Maybe()), ("nodePort", Number(30000, 32767).Maybe())), 0, 4);

    private static Gen<JsonNode?> Security => Object(
        ("runAsUser", Number(0, int.MaxValue).Maybe()), ("runAsGroup", Number(0, int.MaxValue).Maybe()), ("supplementalGroups", List(Number(0, 70000), 0, 3).Maybe()),
        ("fsGroup", Number(0, int.MaxValue).Maybe()), ("runAsNonRoot", Flag.Maybe()), ("readOnlyRootFilesystem", Flag.Maybe()), ("allowPrivilegeEscalation", Flag.Maybe()),
        ("capabilities", Object(("add", List(Among("IPC_LOCK", "SYS_PTRACE"), 0, 2).Maybe()), ("drop", List(Among("ALL", "NET_RAW"), 0, 2).Maybe())).Maybe()),
        ("seccompProfile", Among("RuntimeDefault", "Unconfined").Maybe()), ("hostIpc", Flag.Maybe()), ("hostNetwork", Flag.Maybe()));

    private static Gen<JsonNode?> Probe => Gen.Select(
        Gen.OneOf(
            Object(("httpGet", Object(("path", FilePath.Maybe()), ("port", Number(1, 65535)), ("scheme", Among("HTTP", "HTTPS").Maybe())))),
            Object(("tcpSocket", Object(("port", Number(1, 65535))))),
            Object(("exec", Object(("command", List(Text, 1, 3)))))),
        Object(("initialDelaySeconds", Number(0, 9999).Maybe()), ("periodSeconds", Number(1, 9999).Maybe()), ("timeoutSeconds", Number(1, 9999).Maybe()), ("successThreshold", Number(1, 99).Maybe()), ("failureThreshold", Number(1, 99).Maybe())),
        (how, when) => (JsonNode?)new JsonObject(how!.AsObject().Concat(when!.AsObject()).Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value)))));

    private static Gen<JsonNode?> Term => Object(("matchExpressions", List(
        Gen.OneOf(
            Object(("key", Key.Select(key => (JsonNode?)key)), ("operator", Among("In", "NotIn")), ("values", List(LabelValue.Select(value => (JsonNode?)value), 1, 3))),
            Object(("key", Key.Select(key => (JsonNode?)key)), ("operator", Among("Exists", "DoesNotExist"))),
            Object(("key", Key.Select(key => (JsonNode?)key)), ("operator", Among("Gt", "Lt")), ("values", List(Among("0", "42"), 1, 1)))),
        1, 3)));

    private static Gen<JsonNode?> Toleration => Gen.OneOf(
        Object(("operator", Among("Exists")), ("key", Key.Select(key => (JsonNode?)key).Maybe()), ("effect", Among("NoSchedule", "PreferNoSchedule").Maybe())),
        Object(("key", Key.Select(key => (JsonNode?)key)), ("operator", Among("Equal").Maybe()), ("value", LabelValue.Select(value => (JsonNode?)value).Maybe()), ("effect", Among("NoExecute")), ("tolerationSeconds", Number(-5, 9999).Maybe())));

    private static Gen<JsonNode?> Scheduling => Object(
        ("priorityClass", Among("train", "build", "inference").Maybe()), ("preemptible", Flag.Maybe()), ("nodePool", Label(20).Select(name => (JsonNode?)name).Maybe()), ("nodeType", Label(20).Select(name => (JsonNode?)name).Maybe()),
        ("nodeSelector", Map(Key, LabelValue.Select(value => (JsonNode?)value)).Maybe()),
        ("nodeAffinity", Object(("required", List(Term, 1, 2)), ("preferred", List(Object(("weight", Number(1, 100)), ("preference", Term)), 0, 2).Maybe())).Maybe()),
        ("podAffinity", Gen.OneOf(Object(("required", Among("kubernetes.io/hostname"))), Object(("preferred", Key.Select(key => (JsonNode?)key)))).Maybe()),
        ("tolerations", List(Toleration, 0, 3).Maybe()),
        ("topology", Object(("name", ObjectName), ("required", Key.Select(key => (JsonNode?)key)), ("preferred", Key.Select(key => (JsonNode?)key).Maybe())).Maybe()));

    private static Gen<JsonNode?> Range(params string[] suffixes) =>
        Gen.OneOf(Object(("request", Amount(suffixes)), ("limit", Amount(suffixes).Maybe())), Object(("limit", Amount(suffixes))));

    private static Gen<JsonNode?> Container => Object(
        ("image", Among("busybox", "gcr.io/run-ai-demo/quickstart", "registry.example.org:5000/a/b:v1", $"a/b@sha256:{new string('a', 64)}", "A.example/x__y:1")),
        ("user", Gen.OneOf(Among("jane", "Jané Doe", "--", "😀"), Label(60).Select(name => (JsonNode?)name)).Maybe()), ("imagePullPolicy", Among("Always", "IfNotPresent", "Never").Maybe()), ("imagePullSecrets", List(ObjectName, 0, 3).Maybe()),
        ("command", List(Text, 0, 3).Maybe()), ("args", List(Text, 0, 3).Maybe()), ("workingDir", FilePath.Maybe()), ("stdin", Flag.Maybe()), ("tty", Flag.Maybe()),
        ("env", Env.Maybe()), ("envFrom", EnvFrom.Maybe()), ("gpu", Gpu.Maybe()), ("cpu", Range("", "m").Maybe()), ("memory", Range("Mi", "Gi", "M", "").Maybe()), ("ephemeralStorage", Range("Gi", "M").Maybe()),
        ("extendedResources", Map(Label(20).Select(name => $"example.org/{name}"), Number(0, 9999)).Maybe()), ("sharedMemory", Object(("size", Amount("Mi", "Gi").Maybe())).Maybe()),
        ("volumes", Volumes.Maybe()), ("createHomeDirectory", Flag.Maybe()), ("ports", Ports.Maybe()), ("expose", Among("ClusterIP", "NodePort", "LoadBalancer", "Ingress").Maybe()),
        ("security", Security.Maybe()), ("readinessProbe", Probe.Maybe()), ("terminationGracePeriodSeconds", Number(0, int.MaxValue).Maybe()),
        ("labels", Map(Key, LabelValue.Select(value => (JsonNode?)value)).Maybe()), ("annotations", Map(Key, Text).Maybe()), ("scheduling", Scheduling.Maybe()));

    private static Gen<JsonNode?> Train => Object(
        ("type", Among("train")), ("name", Label(50).Select(name => (JsonNode?)name)), ("completions", Number(1, 1000).Maybe()), ("parallelism", Number(1, 1000).Maybe()), ("indexed", Flag.Maybe()), ("backoffLimit", Number(0, 100).Maybe()),
        ("backoffLimitPerIndex", Number(0, 10).Maybe()), ("maxFailedIndexes", Number(0, 1000).Maybe()), ("restartPolicy", Among("Never", "OnFailure").Maybe()), ("ttlSecondsAfterFinished", Number(0, int.MaxValue).Maybe()),
        ("deadlineSeconds", Number(1, int.MaxValue).Maybe()), ("timeLimitSeconds", Number(1, int.MaxValue).Maybe()), ("minMembers", Number(1, 1000).Maybe()), ("suspended", Flag.Maybe()));

    private static Gen<JsonNode?> Build => Object(("type", Among("build")), ("name", Label(48).Select(name => (JsonNode?)name)), ("replicas", Number(1, 1000).Maybe()));

    /// <summary>Each a new object.</summary>
    public static Gen<JsonObject> All { get; } = Gen.Select(Gen.OneOf(Train, Build), Container, (first, second) =>
        Agreeing(new(first!.AsObject().Concat(second!.AsObject()).Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value))))));

    // What one field says about another.
    private static JsonObject Agreeing(JsonObject submission)
    {
        if (submission["stdin"] is not { } stdin || !(bool)stdin)
            submission.Remove("tty");
        foreach (var range in Ranges.Select(name => submission[name]).OfType<JsonObject>().Where(range => range.Count == 2))
        {
            if (Quantity.Parse((string)range["request"]!) > Quantity.Parse((string)range["limit"]!))
                range.Remove("request");
        }
        Environment(submission);
        Volume(submission);
        Port(submission);
        Pods(submission);
        if (submission["security"] is JsonObject security && (int?)security["runAsUser"] == 0)
            security.Remove("runAsNonRoot");
        return submission;
    }

    private static void Environment(JsonObject submission)
    {
        foreach (var (index, variable) in Items(submission, "env"))
            variable["name"] = $"A_{index}";
    }

    private static void Volume(JsonObject submission)
    {
        foreach (var (index, volume) in Items(submission, "volumes"))
        {
            volume["mountPath"] = $"/m{index}{volume["mountPath"]}";
            if (volume["newClaim"] is JsonObject { Count: > 1 } claim && claim["name"] is { } name)
                claim["name"] = $"new-{index}-{name}";
        }
    }

    private static void Port(JsonObject submission)
    {
        var (numbers, expose) = (new HashSet<int>(), (string?)submission["expose"]);
        foreach (var (index, port) in Items(submission, "ports"))
        {
            while (!numbers.Add((int)port["port"]!))
                port["port"] = (int)port["port"]! % 65535 + 1;
            if (port["name"] is not null)
                port["name"] = $"x{index}-{port["name"]}"[..Math.Min(15, $"x{index}-{port["name"]}".Length)].TrimEnd('-');
            if (expose == "Ingress")
                port.Remove("protocol");
            if (expose != "NodePort")
                port.Remove("nodePort");
            else if (port["nodePort"] is not null)
                port["nodePort"] = 30000 + index;
        }
        if (numbers.Count == 0)
            submission.Remove("expose");
    }

    private static void Pods(JsonObject submission)
    {
        var completions = (int?)submission["completions"] ?? 1;
        if ((int?)submission["parallelism"] > completions)
            submission["parallelism"] = completions;
        if ((int?)submission["minMembers"] > ((int?)submission["parallelism"] ?? 1))
            submission.Remove("minMembers");
        if (submission["completions"] is null)
            submission.Remove("indexed");
        if ((bool?)submission["indexed"] != true || (string?)submission["restartPolicy"] == "OnFailure")
            submission.Remove("backoffLimitPerIndex");
        if (submission["backoffLimitPerIndex"] is null || (int?)submission["maxFailedIndexes"] > completions)
            submission.Remove("maxFailedIndexes");
    }

    private static IEnumerable<(int Index, JsonObject Item)> Items(JsonObject submission, string list) =>
        submission[list] is JsonArray items ? items.Select((item, index) => (index, item!.AsObject())) : [];
}
