using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using FluentValidation.Validators;
using Gateway.Api.Workloads;
using Gateway.Api.Workloads.Batches;
using Gateway.Core.Workloads;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Api.OpenApi;

/// <summary>The rules of the validators, and how long everything may be, in the schemas of the requests: the document says what is checked.</summary>
internal sealed class SchemaRules : IOpenApiSchemaTransformer
{
    private static readonly Dictionary<Type, IValidator> Validators = new()
    {
        [typeof(Core.Workloads.WorkloadSubmission)] = new WorkloadSubmissionValidator(),
        [typeof(Core.Workloads.GpuRequest)] = new GpuRequestValidator(),
        [typeof(Core.Workloads.EnvironmentVariable)] = new EnvironmentVariableValidator(),
        [typeof(Core.Workloads.KeyReference)] = new KeyReferenceValidator(),
        [typeof(Core.Workloads.ReadinessProbe)] = new ReadinessProbeValidator(),
        [typeof(Core.Workloads.SecurityRequest)] = new SecurityRequestValidator(),
        [typeof(Core.Workloads.VolumeRequest)] = new VolumeRequestValidator(),
        [typeof(Core.Workloads.NewClaimVolume)] = new NewClaimVolumeValidator(),
        [typeof(Core.Workloads.KeysVolume)] = new KeysVolumeValidator(),
        [typeof(Core.Workloads.GitVolume)] = new GitVolumeValidator(),
        [typeof(Core.Workloads.PortRequest)] = new PortRequestValidator(),
        [typeof(Core.Workloads.SchedulingRequest)] = new SchedulingRequestValidator(),
        [typeof(Core.Workloads.TopologyRequest)] = new TopologyRequestValidator(),
        [typeof(Core.Workloads.NodeSelectorRequirement)] = new NodeSelectorRequirementValidator(),
        [typeof(Core.Workloads.PreferredNodes)] = new PreferredNodesValidator(),
    };

    private static readonly HashSet<Type> Requests = [.. PartsOf(typeof(WorkloadSubmission)), .. PartsOf(typeof(BatchRequest)), .. PartsOf(typeof(BatchDeleteRequest))];

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (Validators.TryGetValue(context.JsonTypeInfo.Type, out var validator))
        {
            foreach (var member in Descriptors(validator).SelectMany(descriptor => descriptor.GetMembersWithValidators()).Where(member => !string.IsNullOrEmpty(member.Key)))
                Apply(schema, JsonNamingPolicy.CamelCase.ConvertName(member.Key), [.. member.Select(rule => rule.Validator)]);
        }
        if (Requests.Contains(context.JsonTypeInfo.Type))
        {
            foreach (var limit in LengthLimits.Of(context.JsonTypeInfo.Type))
                Apply(schema, limit);
        }
        return Task.CompletedTask;
    }

    // A set of rules can include others.
    private static IEnumerable<IValidatorDescriptor> Descriptors(IValidator validator) => validator is WorkloadSubmissionValidator
        ? [validator.CreateDescriptor(), .. WorkloadSubmissionValidator.Themes.Select(theme => theme.CreateDescriptor())]
        : [validator.CreateDescriptor()];

    // A request with all records that are part of it.
    private static IEnumerable<Type> PartsOf(Type request) =>
        LengthLimits.Of(request).Select(limit => limit.Items ?? limit.Type).Where(part => part.IsClass && part != typeof(string)).SelectMany(PartsOf).Prepend(request);

    private static void Apply(OpenApiSchema schema, LengthLimit limit)
    {
        if (schema.Properties?.TryGetValue(limit.Name, out var found) is not true || found is not OpenApiSchema property)
            return;
        property.MaxLength = limit.Type == typeof(string) ? limit.Length : null;
        if (limit.Items is null)
            return;
        property.MaxItems = limit.IsMap ? null : limit.Length;
        property.MaxProperties = limit.IsMap ? limit.Length : null;
        if ((limit.IsMap ? property.AdditionalProperties : property.Items) is OpenApiSchema item)
            item.MaxLength = limit.ItemLength;
        if (limit.IsMap)
            property.Extensions = new Dictionary<string, IOpenApiExtension> { ["propertyNames"] = new JsonNodeExtension(new JsonObject { ["maxLength"] = LengthLimit.Key }) };
    }

    private static void Apply(OpenApiSchema schema, string name, IReadOnlyList<IPropertyValidator> rules)
    {
        if (schema.Properties?.TryGetValue(name, out var found) is not true || found is not OpenApiSchema property)
            return;
        if (rules.OfType<INotEmptyValidator>().Any())
            (schema.Required ??= new HashSet<string>()).Add(name);
        property.MaxLength = rules.OfType<ILengthValidator>().Select(rule => (int?)rule.Max).Max() ?? property.MaxLength;
        property.Pattern = rules.OfType<IRegularExpressionValidator>().FirstOrDefault()?.Expression ?? property.Pattern;
        foreach (var rule in rules.OfType<IComparisonValidator>())
            Apply(property, rule);
        foreach (var rule in rules.OfType<IBetweenValidator>())
            (property.Minimum, property.Maximum) = (Text(rule.From), Text(rule.To));
    }

    private static void Apply(OpenApiSchema property, IComparisonValidator rule)
    {
        var value = Text(rule.ValueToCompare);
        switch (rule.Comparison)
        {
            case Comparison.GreaterThan: property.ExclusiveMinimum = value; break;
            case Comparison.GreaterThanOrEqual: property.Minimum = value; break;
            case Comparison.LessThan: property.ExclusiveMaximum = value; break;
            case Comparison.LessThanOrEqual: property.Maximum = value; break;
        }
    }

    private static string? Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
