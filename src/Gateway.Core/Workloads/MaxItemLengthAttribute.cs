namespace Gateway.Core.Workloads;

/// <summary>How many characters each text of a list, or each value of a map, may have.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MaxItemLengthAttribute(int length) : Attribute
{
    /// <summary>So many characters.</summary>
    public int Length => length;
}
