using System.Reflection;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads.Keys;

/// <summary>The table of reserved keys: what it has to have, and that each of its rows does something.</summary>
public sealed class ReservedKeysTests
{
    private static readonly Type[] Written =
        [typeof(OwnKeys), typeof(SchedulingKeys), typeof(GpuKeys), typeof(UserLabel), typeof(StatefulSetManifest)];

    private static readonly string[] NoKeys =
        [OwnKeys.ManagedByGateway, SchedulingKeys.Preemptible, SchedulingKeys.NonPreemptible];

    // What the gateway itself writes, callers may not.
    [Fact]
    public void Table_OfReservedKeys_HasEveryKeyThatTheGatewayWrites() => Assert.Empty(
        from key in Constants().Concat(OfDialects())
        where ReservedKeys.Always.Find(KeyPlaces.Labels, key, "a") is null
            && ReservedKeys.Always.Find(KeyPlaces.Annotations, key, "a") is null
        select key);

    [Fact]
    public void Table_OfReservedKeys_ConsistsOfPatternsThatAreNotThereTwice()
    {
        var rows = ReservedKeys.Always.Concat(ReservedKeys.Runtime).Select(row => row.Key.Text).ToList();

        Assert.All(rows, text => Assert.True(KeyPattern.IsOne(text), text));
        Assert.Equal(rows.Distinct(), rows);
    }

    // Two rows are parts of a domain that the operator opens as a whole: they stay closed.
    [Fact]
    public void Table_OfWhatTheOperatorOpens_HasNothingThatStaysClosed() => Assert.Equal(
        ["tencent.com/"],
        from row in ReservedKeys.Runtime
        where ReservedKeys.Always.Any(always => always.Key.Overlaps(row.Key))
        select row.Key.Text);

    private static IEnumerable<string> Constants() =>
        from field in Written.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        where field is { IsLiteral: true } && field.FieldType == typeof(string)
        let text = (string)field.GetRawConstantValue()!
        where !NoKeys.Contains(text)
        select text;

    private static IEnumerable<string> OfDialects() =>
        from dialect in (SchedulerDialect[])[SchedulerDialect.Kai, SchedulerDialect.RunAi]
        from label in dialect.Labels.Append(dialect.ProjectLabel)
        select label;
}
