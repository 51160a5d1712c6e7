using System.CommandLine;

namespace Plimsoll.Cli.Server;

/// <summary><c>plimsoll wait ID</c>: follows an inspection to its end, and says what came of it.</summary>
internal static class Wait
{
    public static Verb Verb()
    {
        var id = new Argument<Guid>("id")
        {
            Description = "the inspection, as submit printed it",
            CustomParser = result =>
            {
                if (Guid.TryParse(result.Tokens[0].Value, out var guid))
                    return guid;
                result.AddError($"'{result.Tokens[0].Value}' is not the id of an inspection, which 'plimsoll submit' prints");
                return default;
            },
        };
        var verb = new Verb(
            VerbGroup.Server, "wait", "Follows an inspection to its end, and prints what was found or the verdict.",
            ["plimsoll wait $(plimsoll submit web.tar)"],
            judges: true)
        {
            id,
        };
        var (policy, platform, timeout, format) = (PolicyChoice.Option(), PlatformOption.Create(), TimeoutOption.Create(), ListingFormat.Option());
        verb.Add(policy);
        verb.Add(platform);
        verb.Add(timeout);
        verb.Add(format);
        var server = new ServerOptions(verb);
        verb.SetAction(async (parsed, ct) =>
        {
            PolicyChoice? judge = null;
            if (parsed.GetValue(policy) is { } word && (judge = PolicyChoice.Read(word)) is null)
                return ExitCode.Usage;
            return await server.With(parsed, async client =>
            {
                if (judge is not null)
                    await judge.Known(client, ct);
                var wanted = parsed.GetValue(id);
                return await new Ending(client, $"{wanted}", judge, parsed.GetValue(platform) ?? [], parsed.GetValue(format)!).Of(wanted, parsed.GetValue(timeout), ct);
            });
        });
        return verb;
    }
}
