using System.Data.Common;
using System.Globalization;
using Plimsoll.Store.Settings;

namespace Plimsoll.Store.Hosting;

/// <summary>The verbs of the programs in the images: <c>serve</c>, which needs no name, <c>migrate</c> and <c>healthcheck</c>.</summary>
internal static class Verbs
{
    /// <summary>Does what the arguments say and returns the exit code, after sysexits.h: 64 for a call that cannot be understood, 78 for a bad setting, 1 for what did not work.</summary>
    public static async Task<int> Run(string[] args, Func<string[], Task<int>> serve)
    {
        try
        {
            return args switch
            {
                [] or ["serve", ..] or [['-', ..], ..] => await serve(args is ["serve", ..] ? args[1..] : args),
                ["migrate"] => await Migrate.Run(TimeSpan.Zero),
                ["migrate", "--wait", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => await Migrate.Run(TimeSpan.FromSeconds(seconds)),
                ["healthcheck"] => await HealthProbe.Run(HealthProbe.Own),
                ["healthcheck", var address] when Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => await HealthProbe.Run(url),
                _ => await Refuse("usage: serve [--urls http://…] | migrate [--wait SECONDS] | healthcheck [URL]", 64),
            };
        }
        catch (SettingsException e)
        {
            return await Refuse(e.Message, 78);
        }
        catch (Exception e) when (e is NewerSchemaException or DbException)
        {
            return await Refuse(e.Message, 1);
        }
    }

    static async Task<int> Refuse(string reason, int code)
    {
        await Console.Error.WriteLineAsync(reason);
        return code;
    }
}
