using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>Which objects a list or watch is about.</summary>
internal sealed record Selection(LabelSelector Labels, FieldSelector Fields, string? Space)
{
    public bool IsEverything => Labels.IsEmpty && Fields.IsEmpty;

    public static Selection From(ApiRequest request) => new(
        LabelSelector.Parse(request.Option("labelSelector") ?? ""),
        FieldSelector.Parse(request.Type!, request.Option("fieldSelector") ?? "", request.Name),
        request.Space);

    public bool Matches(StoredObject item) =>
        (Space is null || item.Namespace == Space) && Labels.Matches(item.Labels) && Fields.Matches(item);
}
