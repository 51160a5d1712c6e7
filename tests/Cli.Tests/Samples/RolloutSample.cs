using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Tests.Samples;

/// <summary>What kubectl answers about a cluster with a rollout in every phase. Its times are moved, so that it was written a moment ago.</summary>
internal static partial class RolloutSample
{
    static readonly DateTime WrittenAt = new(2026, 1, 20, 12, 0, 0, DateTimeKind.Utc);

    public static JsonObject List()
    {
        var passed = TimeProvider.System.GetUtcNow().UtcDateTime - WrittenAt;
        var text = File.ReadAllText(Repository.At("tests/Cli.Tests/Samples/rollouts.json"));
        return JsonNode.Parse(Moment().Replace(text, match =>
            (DateTime.Parse(match.Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) + passed).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)))!.AsObject();
    }

    public static IEnumerable<string> Names => List()["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.GetValue<string>());

    public static JsonObject One(string name) => List()["items"]!.AsArray().Single(item => item!["metadata"]!["name"]!.GetValue<string>() == name)!.DeepClone().AsObject();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
    private static partial Regex Moment();
}
