using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads;

public sealed partial class ApiTimeTests
{
    private static readonly Type[] Times = [typeof(DateTime), typeof(DateTime?), typeof(DateTimeOffset), typeof(DateTimeOffset?)];

    /// <summary>Every class of the API's language that has a time.</summary>
    public static TheoryData<Type> Timed => [.. typeof(Workload).Assembly.GetTypes().Where(type => type.Namespace == typeof(Workload).Namespace && TimesOf(type).Any())];

    [Theory]
    [InlineData("2026-11-22T22:34:46.7369271Z", "2026-11-22T22:34:46.736Z")]
    [InlineData("2026-11-22T22:34:46Z", "2026-11-22T22:34:46.000Z")]
    [InlineData("2026-11-22T23:34:46.5+01:00", "2026-11-22T22:34:46.500Z")]
    public void Time_IsWrittenInUtcWithMilliseconds(string time, string expected)
    {
        var read = DateTimeOffset.Parse(time, null);

        Assert.Equal(expected, read.ToApiTime());
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(read, WorkloadJson.Options));
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(read.UtcDateTime, WorkloadJson.Options));
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(read.LocalDateTime, WorkloadJson.Options));
        Assert.Equal($"\"{expected}\"", JsonSerializer.Serialize(DateTime.SpecifyKind(read.UtcDateTime, DateTimeKind.Unspecified), WorkloadJson.Options));
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void Time_OfEveryAnswer_IsWrittenAlike(Type type)
    {
        var answer = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in TimesOf(type))
            property.SetValue(answer, Time(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));

        var written = JsonSerializer.SerializeToNode(answer, type, WorkloadJson.Options)!.AsObject();

        Assert.All(TimesOf(type), property => Assert.Matches(Shape(), (string?)written[JsonNamingPolicy.CamelCase.ConvertName(property.Name)]));
    }

    [Fact]
    public void Time_OfAnswers_IsFoundWhereThereIsOne() =>
        Assert.Superset(new HashSet<Type> { typeof(Workload), typeof(Reason), typeof(PodStatus), typeof(Deletion), typeof(WorkloadEvent), typeof(LastEnd) }, Timed.Select(row => (Type)row[0]).ToHashSet());

    // With more digits than are to be written.
    private static object Time(Type type) => type == typeof(DateTime) ? DateTime.UnixEpoch.AddTicks(1) : DateTimeOffset.UnixEpoch.AddTicks(1);

    private static IEnumerable<PropertyInfo> TimesOf(Type type) => type.GetProperties().Where(property => Times.Contains(property.PropertyType));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Shape();
}
