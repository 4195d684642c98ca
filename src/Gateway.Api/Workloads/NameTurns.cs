using Gateway.Api.Projects;

namespace Gateway.Api.Workloads;

/// <summary>
/// Lets the submissions of one name through one by one: a Job and a StatefulSet may bear the same name as far as the cluster
/// is concerned, so that looking for the other one and creating must not overlap.
/// </summary>
internal sealed class NameTurns : IDisposable
{
    // Two names may share a place, and then only wait for each other.
    private readonly SemaphoreSlim[] _places = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the turn of a name. Dispose of it to let the next one through.</summary>
    public async Task<IDisposable> TakeAsync(Project project, string name, CancellationToken cancellationToken)
    {
        var place = _places[(uint)HashCode.Combine(project.Namespace, name) % _places.Length];
        await place.WaitAsync(cancellationToken);
        return new Turn(place);
    }

    public void Dispose() => Array.ForEach(_places, place => place.Dispose());

    private sealed class Turn(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place.Release();
    }
}
