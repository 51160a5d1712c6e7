using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// A Secret as Kubernetes' clients send it in protobuf, which is how helm keeps its releases. The numbers of fields are those of
/// <c>runtime.Unknown</c>, <c>core.v1.Secret</c> and <c>meta.v1.ObjectMeta</c> in Kubernetes' <c>generated.proto</c> files.
/// </summary>
internal static class ProtobufSecret
{
    /// <summary>What each message begins with: <c>k8s</c> and a zero.</summary>
    const int MagicBytes = 4;

    public static JsonObject Read(ReadOnlyMemory<byte> message)
    {
        var secret = Bytes(message[MagicBytes..], 2).Single();
        var metadata = Bytes(secret, 1).Single();
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = Text(metadata, 1), ["namespace"] = Text(metadata, 3), ["labels"] = Map(metadata, 11, value => Encoding.UTF8.GetString(value.Span)) },
            ["data"] = Map(secret, 2, value => Convert.ToBase64String(value.Span)),
            ["type"] = Text(secret, 3),
        };
    }

    static JsonObject Map(ReadOnlyMemory<byte> message, int field, Func<ReadOnlyMemory<byte>, string> value) =>
        new(Bytes(message, field).Select(pair => KeyValuePair.Create(Text(pair, 1), (JsonNode?)value(Bytes(pair, 2).SingleOrDefault()))));

    static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Bytes(message, field).SingleOrDefault().Span);

    /// <summary>The values of a field that is text, bytes or a message.</summary>
    static IEnumerable<ReadOnlyMemory<byte>> Bytes(ReadOnlyMemory<byte> message, int field)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            var number = (key & 7) is 0 or 2 ? Number(message, ref at) : throw new InvalidDataException($"there is a field of wire type {key & 7}");
            if ((key & 7) == 0)
                continue;
            if (key >> 3 == field)
                yield return message.Slice(at, number);
            at += number;
        }
    }

    static int Number(ReadOnlyMemory<byte> message, ref int at)
    {
        for (var (value, shift) = (0L, 0); ; shift += 7)
        {
            var part = message.Span[at++];
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
                return (int)value;
        }
    }
}
