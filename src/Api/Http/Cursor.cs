using System.Buffers.Text;
using System.Text;

namespace Plimsoll.Api.Http;

/// <summary>Where the next page of a list begins: opaque to callers, the key of the last item to us.</summary>
internal static class Cursor
{
    public const int DefaultSize = 50;
    public const int MaxSize = 500;

    public static string Write(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>Null for what no page of ours gave out.</summary>
    public static string? Read(string cursor) =>
        cursor.Length <= 1024 && Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : null;

    public static int Size(int? wanted) => Math.Clamp(wanted ?? DefaultSize, 1, MaxSize);
}
