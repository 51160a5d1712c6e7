using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Client;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Server;

/// <summary>A server's answers for programs, on standard output.</summary>
[JsonSerializable(typeof(InspectionBody))]
[JsonSerializable(typeof(VerdictBody))]
[JsonSerializable(typeof(IReadOnlyList<ImageBody>))]
internal sealed partial class ServerJson : JsonSerializerContext
{
    static readonly ServerJson Json = new(Form());

    public static void Write(InspectionBody inspection) => Write(inspection, Json.InspectionBody);

    public static void Write(VerdictBody verdict) => Write(verdict, Json.VerdictBody);

    public static void Write(IReadOnlyList<ImageBody> images) => Write(images, Json.IReadOnlyListImageBody);

    static void Write<T>(T value, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, value, type);
        output.WriteByte((byte)'\n');
    }

    static JsonSerializerOptions Form()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };
        foreach (var converter in JsonFormat.Converters)
            options.Converters.Add(converter);
        return options;
    }
}
