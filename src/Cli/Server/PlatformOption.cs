using System.CommandLine;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli.Server;

/// <summary><c>--platform</c> of the verbs that ask a server, which may be given several times.</summary>
internal static class PlatformOption
{
    public static Option<Platform[]> Create() => new("--platform")
    {
        HelpName = "os/arch",
        Description = "only this platform of an image that has several, such as linux/arm64; may be given several times",
        CustomParser = result =>
        {
            var platforms = new List<Platform>();
            foreach (var word in result.Tokens.Select(token => token.Value))
                if (Platform.TryParse(word, null, out var platform))
                    platforms.Add(platform);
                else
                    result.AddError($"'{word}' is not a platform (os/architecture[/variant], such as linux/arm64)");
            return [.. platforms];
        },
    };
}
