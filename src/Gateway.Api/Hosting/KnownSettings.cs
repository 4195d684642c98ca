using System.Collections;
using System.Reflection;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>Stops the start at a setting that the gateway does not have: a misspelt one would be one that is not set.</summary>
internal static class KnownSettings
{
    /// <summary>Each section of settings, with the class that it is bound to.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = typeof(KnownSettings).Assembly.GetTypes()
        .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.IsLiteral == true)
        .ToDictionary(type => (string)type.GetField("Section")!.GetRawConstantValue()!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Ends the start with the first setting that is not known, and the known one that is nearest.</summary>
    public static void RequireKnownSettings(this WebApplicationBuilder builder)
    {
        if (Unknown(builder.Configuration).FirstOrDefault() is { } wrong)
        {
            throw new OptionsValidationException(nameof(KnownSettings), typeof(KnownSettings), [wrong]);
        }
    }

    /// <summary>A sentence for each setting that is not known.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration) => configuration.GetChildren().SelectMany(section =>
        Sections.TryGetValue(section.Key, out var type) ? Unknown(section, type) : Misspelt(section));

    /// <summary>What can be set in a class of settings, by name.</summary>
    public static IReadOnlyDictionary<string, Type> Members(Type type) => type.GetProperties()
        .Where(property => property.SetMethod is not null || ItemOf(property.PropertyType) is not null)
        .ToDictionary(property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The type of the items of a list or of the values of a map; null for anything else.</summary>
    public static Type? ItemOf(Type type) => type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type)
        ? null
        : type.IsArray ? type.GetElementType() : type.GetGenericArguments()[^1];

    /// <summary>Whether settings of the type have settings of their own.</summary>
    public static bool IsNested(Type type) => type.IsClass && type != typeof(string) && ItemOf(type) is null;

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type type)
    {
        if (ItemOf(type) is { } item)
        {
            return section.GetChildren().SelectMany(one => Unknown(one, item));
        }
        var members = IsNested(type) ? Members(type) : new Dictionary<string, Type>();
        return section.GetChildren().SelectMany(setting =>
            members.TryGetValue(setting.Key, out var inner) ? Unknown(setting, inner) : [Sentence(section.Path, setting.Key, members.Keys)]);
    }

    // The environment has many names that are no settings; one that all but names a section, and a setting in it, is meant as one.
    private static IEnumerable<string> Misspelt(IConfigurationSection section) =>
        Nearest.Of(section.Key, Sections.Keys) is { } meant
        && section.GetChildren().FirstOrDefault(setting => Members(Sections[meant]).ContainsKey(setting.Key)) is { } known
            ? [$"{known.Path} is not a setting. Did you mean {meant}:{known.Key}?"]
            : [];

    private static string Sentence(string path, string key, IEnumerable<string> known) =>
        $"{path}:{key} is not a setting.{(Nearest.Of(key, known) is { } meant ? $" Did you mean {path}:{meant}?" : "")}";
}
