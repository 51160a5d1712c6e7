using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Cli.Rollouts;

/// <summary>What kubectl answers, and what programs are answered.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageRollout))]
[JsonSerializable(typeof(RolloutList))]
[JsonSerializable(typeof(RolloutAnswers))]
internal sealed partial class RolloutJson : JsonSerializerContext
{
    public static ImageRollout? One(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.ImageRollout);

    public static IReadOnlyList<ImageRollout>? Many(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Default.RolloutList)?.Items?.OfType<ImageRollout>().ToList();

    public static void Write(IEnumerable<RolloutAnswer> rollouts, Stream output)
    {
        JsonSerializer.Serialize(output, new RolloutAnswers(1, [.. rollouts]), Default.RolloutAnswers);
        output.WriteByte((byte)'\n');
    }
}

internal sealed record RolloutList(IReadOnlyList<ImageRollout?>? Items);

internal sealed record RolloutAnswers(int SchemaVersion, IReadOnlyList<RolloutAnswer> Rollouts);
