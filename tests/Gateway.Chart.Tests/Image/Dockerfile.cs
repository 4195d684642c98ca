using Gateway.Chart.Tests.Rendering;

namespace Gateway.Chart.Tests.Image;

/// <summary>One line of the Dockerfile, its continuations joined.</summary>
internal sealed record Instruction(string Name, string Text);

/// <summary>The Dockerfile, stage by stage.</summary>
internal sealed record Dockerfile(IReadOnlyList<IReadOnlyList<Instruction>> Stages)
{
    public IReadOnlyList<Instruction> First => Stages[0];

    public IReadOnlyList<Instruction> Last => Stages[^1];

    public static Dockerfile Read()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal);
        var instructions = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' ', 2)).Select(line => new Instruction(line[0], line[1].Trim()));
        List<List<Instruction>> stages = [];
        foreach (var instruction in instructions)
        {
            if (instruction.Name == "FROM")
                stages.Add([]);
            stages[^1].Add(instruction);
        }
        return new(stages);
    }

    /// <summary>The variables that the image sets.</summary>
    public IEnumerable<(string Name, string Value)> Environment =>
        from instruction in Last
        where instruction.Name == "ENV"
        from setting in instruction.Text.Split(' ')
        select (setting.Split('=', 2)[0], setting.Split('=', 2)[1]);
}
