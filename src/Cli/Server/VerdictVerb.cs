using System.CommandLine;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll verdict IMAGE</c>: whether an image that the server knows passes a policy.</summary>
internal static class VerdictVerb
{
    public static Verb Verb()
    {
        var image = new Argument<string>("image") { Description = "a name that was submitted, a digest or its first twelve digits, or the id of an inspection" };
        var verb = new Verb(
            VerbGroup.Server, "verdict", "Says whether an image that the server knows passes a policy; the exit code is the verdict.",
            ["plimsoll verdict shop/web:1.4 --policy production", "plimsoll verdict 3f9a0c1b2d4e --policy policy.yaml"],
            judges: true)
        {
            image.NoOption(),
        };
        var (policy, platform, format) = (PolicyChoice.Option(), PlatformOption.Create(), ListingFormat.Option());
        policy.Required = true;
        verb.Add(policy);
        verb.Add(platform);
        verb.Add(format);
        var server = new ServerOptions(verb);
        verb.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetValue(image)!;
            if (PolicyChoice.Read(parsed.GetValue(policy)!) is not { } judge)
                return ExitCode.Usage;
            return await server.With(parsed, async client =>
            {
                var verdict = await judge.Judge(client, await KnownImages.Whole(client, name, ct), parsed.GetValue(platform) ?? [], ct);
                var code = Verdicts.Write(verdict, parsed.GetValue(format)!, name);
                // Whoever uploads an archive chooses the name in it, so a name alone is no proof of what it is.
                if (verdict.Reason == "not-inspected" && await KnownImages.Named(client, name, ct) is [var upload, ..])
                    Hint($"an upload calls itself {name}; ask for it by its digest: plimsoll verdict {KnownImages.Short(upload)}");
                return code;
            });
        });
        return verb;
    }

    static void Hint(string text)
    {
        using var error = Screen.OnStandardError();
        error.Advice(text, 2);
    }
}
