using System.Net;
using System.Net.Sockets;

namespace Gateway.Api.Identity;

/// <summary>From where a request comes, where those are counted together that come from one place.</summary>
internal static class CallerAddress
{
    /// <summary>What stands for an address: one IPv6 host has a /64 to itself.</summary>
    public static string Key(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
