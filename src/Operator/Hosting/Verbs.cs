using Plimsoll.Operator.Definitions;
using Plimsoll.Store.Hosting;
using Plimsoll.Store.Settings;

namespace Plimsoll.Operator.Hosting;

/// <summary>The verbs of the operator: <c>serve</c>, which needs no name, <c>healthcheck</c>, and <c>crd</c>.</summary>
internal static class Verbs
{
    /// <summary>Returns the exit code, after sysexits.h: 64 for a call that cannot be understood, 78 for a bad setting, 1 for what did not work.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return args switch
            {
                [] or ["serve", ..] or [['-', ..], ..] => await Serve.Run(args is ["serve", ..] ? args[1..] : args),
                ["healthcheck"] => await HealthProbe.Run(HealthProbe.Own),
                ["healthcheck", var address] when Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => await HealthProbe.Run(url),
                ["crd"] => await Print(CustomResource.Yaml()),
                _ => await Refuse("usage: serve [--urls http://…] | healthcheck [URL] | crd", 64),
            };
        }
        catch (SettingsException e)
        {
            return await Refuse(e.Message, 78);
        }
    }

    static async Task<int> Print(string text)
    {
        await Console.Out.WriteAsync(text);
        return 0;
    }

    static async Task<int> Refuse(string reason, int code)
    {
        await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
