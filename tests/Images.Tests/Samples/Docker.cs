using System.Text.Json;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>A Docker engine, spoken to by its command line.</summary>
internal static class Docker
{
    // Debian's comes with the engine; another that is first on the path may not know how to build.
    public static readonly string Program = File.Exists("/usr/bin/docker") ? "/usr/bin/docker" : "docker";

    /// <summary>Why there is no engine; null when there is one.</summary>
    public static async Task<string?> Missing()
    {
        try
        {
            var info = await Command.Run(Program, ["info", "--format", "{{.ServerVersion}}"]);
            return info.ExitCode == 0 && info.Output.Trim().Length > 0 ? null : $"no Docker engine answers: {info.Error.Trim().Split('\n')[^1]}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "docker is not installed";
        }
    }

    /// <summary>Skips the test where there is none, and says why.</summary>
    public static async Task SkipWithout()
    {
        var missing = await Missing();
        Assert.SkipWhen(missing is not null, missing ?? "");
    }

    public static Task<Outcome> Run(params string[] arguments) => Command.Run(Program, arguments);

    public static async Task<JsonElement> Inspect(string name) => JsonDocument.Parse((await Run("inspect", name)).Text).RootElement[0];
}
