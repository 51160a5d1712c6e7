using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Cli.Server;

/// <summary>Where the user is logged in.</summary>
/// <param name="Current">The server that is asked when none is named.</param>
/// <param name="Servers">By address.</param>
internal sealed record Logins(string? Current, Dictionary<string, KnownServer> Servers)
{
    const int MostBytes = 1 << 20;

    /// <summary><c>plimsoll/login.json</c> in the user's configuration folder (XDG Base Directory specification).</summary>
    public static string File { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder) ? folder
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "plimsoll", "login.json");

    public static Logins Read()
    {
        if (!System.IO.File.Exists(File))
            return new Logins(null, []);
        try
        {
            using var file = System.IO.File.OpenRead(File);
            if (file.Length < MostBytes && JsonSerializer.Deserialize(file, LoginJson.Default.Logins) is { Servers: not null } logins)
                return logins;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new SetupException($"'{File}' is damaged: remove it and log in again with 'plimsoll login'");
    }

    /// <summary>The file is there whole or not at all, and nobody else can ever read it.</summary>
    public void Write()
    {
        var folder = Path.GetDirectoryName(File)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var draft = $"{File}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using (var output = new FileStream(draft, options))
            {
                JsonSerializer.Serialize(output, this, LoginJson.Default.Logins);
                output.Flush(flushToDisk: true);
            }
            System.IO.File.Move(draft, File, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(draft);
        }
    }
}

/// <param name="Token">Null where the server asks for none.</param>
/// <param name="PlainHttp">Whether the user accepted that it has no HTTPS.</param>
internal sealed record KnownServer(string? Token, bool PlainHttp = false)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => nameof(KnownServer);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(Logins))]
internal sealed partial class LoginJson : JsonSerializerContext;
