using System.Collections.Concurrent;
using Gateway.Embedded.Api;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Faults;

/// <summary>The faults of a cluster: what is to go wrong, and which requests it strikes.</summary>
public sealed class FaultPlan
{
    private readonly Lock gate = new();
    private readonly List<Standing> faults = [];
    private readonly ObjectStore store;
    private int working;
    private int held;

    internal FaultPlan(ObjectStore store) => this.store = store;

    internal ConcurrentDictionary<HttpContext, bool> OpenWatches { get; } = new();

    /// <summary>The faults that are still to strike; those that count have the requests left in <see cref="Fault.Times"/>.</summary>
    public IReadOnlyList<Fault> Faults
    {
        get
        {
            lock (gate) return [.. faults.Select(standing => standing.Fault with { Times = standing.Left })];
        }
    }

    /// <summary>Whether the cluster works on a request: watches, and what a fault keeps from going on, are none.</summary>
    public bool Works => Volatile.Read(ref working) > 0;

    /// <summary>Whether a fault keeps a request, other than a watch, from going on.</summary>
    public bool Holds => Volatile.Read(ref held) > 0;

    /// <summary>Lets something go wrong. Where several faults are for a request, the first one strikes.</summary>
    public void Add(Fault fault)
    {
        lock (gate) faults.Add(new Standing(fault));
    }

    /// <summary>Lets everything go well again.</summary>
    public void Clear()
    {
        lock (gate) faults.Clear();
    }

    /// <summary>Breaks the connection of every watch there is.</summary>
    public void CutWatches()
    {
        foreach (var watch in OpenWatches.Keys) watch.Abort();
    }

    /// <summary>Forgets every change there was, as a compaction does: continuing from an older version is refused.</summary>
    public void ForgetHistory()
    {
        foreach (var type in ResourceTypes.Table.Where(type => type.Stored)) Forget(type);
    }

    internal void Forget(ResourceType type) => store.Changes(type).Forget(store.Version);

    /// <summary>Counts a request for as long as it is worked on.</summary>
    internal async Task WorkAsync(Func<Task> request)
    {
        Interlocked.Increment(ref working);
        try
        {
            await request();
        }
        finally
        {
            Interlocked.Decrement(ref working);
        }
    }

    /// <summary>Keeps a request from going on for a while; meanwhile nobody works on it.</summary>
    internal async Task HoldAsync(Task wait)
    {
        Interlocked.Increment(ref held);
        Interlocked.Decrement(ref working);
        try
        {
            await wait;
        }
        finally
        {
            Interlocked.Increment(ref working);
            Interlocked.Decrement(ref held);
        }
    }

    /// <summary>The fault that strikes a request, or null.</summary>
    internal Fault? Strike(ApiRequest request)
    {
        lock (gate)
        {
            var struck = faults.FirstOrDefault(standing => standing.Strikes(request));
            if (struck?.Left == 0) faults.Remove(struck);
            return struck?.Fault;
        }
    }

    private sealed class Standing(Fault fault)
    {
        private readonly Random random = new(fault.Seed);

        public Fault Fault => fault;

        public int? Left { get; private set; } = fault.Times;

        public bool Strikes(ApiRequest request)
        {
            var resource = request.Subresource is null ? request.Type?.Plural : $"{request.Type?.Plural}/{request.Subresource}";
            if ((fault.Verb ?? request.Verb) != request.Verb || (fault.Resource ?? resource) != resource || (fault.Namespace ?? request.Namespace) != request.Namespace) return false;
            if (fault.Kind == FaultKind.CutWatch && request.Verb != "watch") return false;
            if (fault.Share < 1 && random.NextDouble() >= fault.Share) return false;
            if (Left is { } left) Left = left - 1;
            return true;
        }
    }
}
