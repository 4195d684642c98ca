using System.Text.Json.Nodes;

namespace Gateway.Embedded.Tests;

/// <summary>The objects that tests begin with.</summary>
internal static class Manifests
{
    public const string Jobs = "/apis/batch/v1/namespaces/runai-team-a/jobs";
    public const string Pods = "/api/v1/namespaces/runai-team-a/pods";

    public static JsonObject Job(string name) => Parse($$"""
        {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"{{name}}"},
         "spec":{"template":{"metadata":{"labels":{"user":"jane"} },
          "spec":{"containers":[{"name":"main","image":"gcr.io/run-ai-demo/quickstart","resources":{"limits":{"nvidia.com/gpu":1} } }],"restartPolicy":"Never"
          } } } }
        """);

    public static JsonObject Build(string name, int replicas) => Parse($$"""
        {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"{{name}}"},
         "spec":{"serviceName":"{{name}}","replicas":{{replicas}},"selector":{"matchLabels":{"release":"{{name}}"} },
          "template":{"metadata":{"labels":{"release":"{{name}}"} },
           "spec":{"containers":[{"name":"main","image":"gcr.io/run-ai-demo/quickstart","resources":{"limits":{"nvidia.com/gpu":1} } }]} } } }
        """);

    public static JsonObject Pod(string name, string ownerName, string ownerUid) => Parse($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","ownerReferences":[
          {"apiVersion":"batch/v1","kind":"Job","name":"{{ownerName}}","uid":"{{ownerUid}}","controller":true,"blockOwnerDeletion":true}]},
         "spec":{"containers":[{"name":"main","image":"x"}]} }
        """);

    public static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
