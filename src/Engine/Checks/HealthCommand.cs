namespace Plimsoll.Engine.Checks;

/// <summary>A program that the health check needs and cannot run.</summary>
/// <param name="IsThere">Whether the file exists, and only may not be executed.</param>
internal sealed record MissingProgram(string Name, bool IsThere)
{
    static readonly HashSet<string> Clients = new(StringComparer.Ordinal)
    {
        "curl", "wget", "nc", "ncat", "netcat", "telnet", "http", "https", "xh", "ping", "dig", "nslookup", "host", "socat", "grpcurl",
        "grpc_health_probe", "pg_isready", "redis-cli", "mysqladmin", "mysql", "psql", "mongosh", "mongo", "ss", "netstat", "pgrep", "ps", "jq",
    };

    /// <summary>Whether it is a tool of its own package, which slim images leave out, and no file of the application.</summary>
    public bool IsTool => !IsThere && Clients.Contains(Name[(Name.LastIndexOf('/') + 1)..]);
}

/// <summary>What an image's health check would run.</summary>
internal static class HealthCommand
{
    /// <summary>The programs of an active health check that the image does not have or may not run, each once.</summary>
    public static IEnumerable<MissingProgram> Missing(InspectedImage image)
    {
        if (image.Config.HealthCheck is not { IsActive: true } health || image.Config.Platform.Os == "windows")
            return [];
        var (starter, script) = health.Test switch
        {
            ["CMD-SHELL", var line, ..] => ("/bin/sh", line),
            ["CMD", var shell and ("sh" or "/bin/sh" or "bash" or "/bin/bash" or "ash" or "/bin/ash"), "-c" or "-ec", var line, ..] => (shell, line),
            ["CMD", var program, ..] => (program, ""),
            _ => ("", ""),
        };
        if (starter.Length > 0 && Check(image, starter) is { } missing)
            return [missing];
        var commands = ShellScript.Commands(script);
        // "probe() { …; }" is a function of the script itself.
        return commands.Select(Programs.StartedBy).OfType<string>().Distinct(StringComparer.Ordinal)
            .Where(name => !script.Contains(name + "()", StringComparison.Ordinal))
            .Select(name => Check(image, name)).OfType<MissingProgram>();
    }

    static MissingProgram? Check(InspectedImage image, string name) => Programs.Find(image, name) switch
    {
        null => new MissingProgram(name, false),
        { } file when !Programs.IsExecutable(file) => new MissingProgram(name, true),
        _ => null,
    };
}
