using System.CommandLine;
using Plimsoll.Client;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli.Server;

/// <summary>A policy that the server has, by its name, or one in a file, which is sent along.</summary>
/// <param name="Text">Null: the server has it.</param>
internal sealed record PolicyChoice(string Name, string? Text)
{
    public static Option<string?> Option() => new("--policy")
    {
        HelpName = "name|file", Description = "a policy of the server, or one in a file; the exit code is the verdict",
    };

    /// <summary>Null after saying what is wrong with the file.</summary>
    public static PolicyChoice? Read(string word)
    {
        if (!File.Exists(word) && !LooksLikeFile(word))
            return new PolicyChoice(word, null);
        return PolicyFile.Read(word, out var text) is { } policy ? new PolicyChoice(policy.Name, text) : null;
    }

    /// <summary>Returns when the server has the policy, which is told before anything is uploaded in vain.</summary>
    /// <exception cref="PlimsollException">It has not.</exception>
    public Task Known(PlimsollClient client, CancellationToken ct) => Text is null ? client.Policies.Get(Name, ct) : Task.CompletedTask;

    public Task<VerdictBody> Judge(PlimsollClient client, string image, IReadOnlyList<Platform> platforms, CancellationToken ct)
    {
        string[] names = [.. platforms.Select(platform => platform.ToString())];
        return Text is null ? client.Verdicts.Get(image, Name, names, ct) : client.Verdicts.Judge(new VerdictRequestBody(image, Text, names), ct);
    }

    static bool LooksLikeFile(string word) => word.Contains('/', StringComparison.Ordinal)
        || Path.GetExtension(word) is ".yaml" or ".yml" or ".json";
}
