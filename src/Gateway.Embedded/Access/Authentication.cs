using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Access;

/// <summary>Finds out who asks.</summary>
internal sealed class Authentication(string adminToken)
{
    public void Identify(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header != $"Bearer {adminToken}") throw Refusal.Unauthorized();
    }
}
