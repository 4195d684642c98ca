using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>Tells a wrong setting, which the operator can mend, from a defect.</summary>
internal static class Settings
{
    /// <summary>Whether the start was stopped by a setting: refused by its rule, of the wrong type, or an address that cannot be listened on.</summary>
    public static bool IsWrongSetting(this Exception exception) =>
        exception is OptionsValidationException
        || (exception is InvalidOperationException && exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        || (exception is IOException && exception.InnerException is AddressInUseException)
        || (exception is FormatException && exception.Message.StartsWith("Invalid url", StringComparison.Ordinal));
}
