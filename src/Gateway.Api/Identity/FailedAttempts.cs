using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Identity;

/// <summary>
/// Counts failed authentications by address. Where there were too many of late, tokens from there that are not known yet are refused
/// unseen; whoever is known gets in, also from an address that many share.
/// </summary>
internal sealed class FailedAttempts(IOptions<AuthenticationOptions> options, TimeProvider time)
{
    private const int Addresses = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly RecentAnswers<string, Bucket> _byAddress = new(Addresses, time);
    private readonly Lock _gate = new();

    /// <summary>How long an address has to wait before one more unknown token is looked at; null when it need not.</summary>
    public TimeSpan? Wait(IPAddress? address) => Of(address).Wait();

    /// <summary>Notes that a token of this address was nobody's.</summary>
    public void Note(IPAddress? address) => Of(address).Add();

    private Bucket Of(IPAddress? address)
    {
        var key = Key(address);
        lock (_gate)
        {
            if (!_byAddress.TryGet(key, out var bucket))
                _byAddress.Set(key, bucket = new(options.Value.FailuresPerAddress, time), Remembered);
            return bucket;
        }
    }

    /// <summary>What stands for an address: one IPv6 host has a /64 to itself.</summary>
    public static string Key(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    /// <summary>Holds at most so many failures, and loses one a second.</summary>
    private sealed class Bucket(int most, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private double _failures;
        private DateTimeOffset _since = time.GetUtcNow();

        public TimeSpan? Wait()
        {
            lock (_gate)
                return Level() + 1 <= most ? null : TimeSpan.FromSeconds(Level() + 1 - most);
        }

        public void Add()
        {
            lock (_gate)
                (_failures, _since) = (Math.Min(most, Level() + 1), time.GetUtcNow());
        }

        private double Level() => Math.Max(0, _failures - (time.GetUtcNow() - _since).TotalSeconds);
    }
}
