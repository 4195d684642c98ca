using Xunit;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>Tests that take the whole machine, and run while no other one does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
