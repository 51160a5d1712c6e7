using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Plimsoll.Service.Tests.Fuzz;

/// <summary>Values that programs stumble over, and requests made of them by what the OpenAPI document says. One seed gives one sequence.</summary>
/// <param name="known">Names and digests that exist, so that more than the first check is reached.</param>
internal sealed class Nasty(ulong seed, IReadOnlyList<string> known)
{
    static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "..", "../../etc/passwd", "%00", "%", "a b", "\r\nX: y", "\u202e\u0000", "🚢", "\ud800", "İ", "ﬀ", "null", "true", "NaN", "-1", "0", "1", "2147483648", "9999999999999999999999",
        "1e999", "[]", "{}", "'; DROP TABLE images; --", "\" OR 1=1", "{{7*7}}", "${jndi:ldap://x}", "<script>", "sha256:", "sha256:zz", "sha512:abc", "linux/amd64", "linux/arm64/v8", "os/", "/", "//",
        "00000000-0000-0000-0000-000000000000", "0000", "2026-02-30", "9999-12-31T23:59:59.9999999Z", "127.0.0.1:1/a:b", "a/b@sha256:1", "http://[::1]:1/", "UPPER/Case", "*", "?", "#", "=", ",", "eyJpZCI6MX0", "____", "ＡＢＣ",
    ];

    static readonly string?[] Types =
    [
        "application/json", "application/json", "application/json", "application/json", "application/json; charset=utf-16", "application/json; charset=none", "text/plain", "application/yaml", "application/x-tar",
        "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "image/png", "a", null,
    ];

    readonly PCG _random = new(1, seed);

    public int Upto(int end) => (int)_random.Next((uint)end);

    public bool Chance(int percent) => Upto(100) < percent;

    public string Text() => Upto(12) switch
    {
        0 => new string((char)('a' + Upto(26)), Upto(5000)),
        1 => $"00000000-0000-7000-8000-{Upto(1_000_000):000000000000}",
        2 => "sha256:" + new string((char)('0' + Upto(10)), 64),
        3 or 4 when known.Count > 0 => known[Upto(known.Count)],
        5 => ((int)_random.Next()).ToString(CultureInfo.InvariantCulture),
        _ => Texts[Upto(Texts.Length)],
    };

    public string? ContentType() => Types[Upto(Types.Length)];

    /// <summary>A value of the schema, now and then not.</summary>
    public JsonNode? Json(JsonElement schema, JsonElement document, int depth = 0)
    {
        if (Chance(25) || depth > 6)
            return Any(depth);
        if (schema.TryGetProperty("$ref", out var reference))
            return Json(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), document, depth + 1);
        foreach (var choice in (string[])["oneOf", "anyOf"])
            if (schema.TryGetProperty(choice, out var choices))
                return Json(choices[Upto(choices.GetArrayLength())], document, depth + 1);
        if (schema.TryGetProperty("properties", out var properties))
        {
            var made = new JsonObject();
            foreach (var property in properties.EnumerateObject())
                if (Chance(85))
                    made[property.Name] = Json(property.Value, document, depth + 1);
            if (Chance(10))
                made[Text()] = Any(depth + 1);
            return made;
        }
        return schema.TryGetProperty("items", out var items) ? new JsonArray([.. Enumerable.Range(0, Upto(4)).Select(_ => Json(items, document, depth + 1))])
            : schema.TryGetProperty("type", out var type) && type.ToString().Contains("integer", StringComparison.Ordinal) ? Upto(405) - 5
            : Text();
    }

    JsonNode? Any(int depth) => Upto(10) switch
    {
        0 => null,
        1 => Chance(50),
        2 => (int)_random.Next(),
        3 => 1e308,
        4 => new JsonArray([.. Enumerable.Range(0, Upto(5)).Select(_ => depth > 4 ? null : Any(depth + 1))]),
        5 => new JsonObject { [Text()] = depth > 4 ? null : Any(depth + 1) },
        _ => Text(),
    };

    /// <summary>Bytes that may have been damaged on their way.</summary>
    public byte[] Bytes(JsonNode? body)
    {
        if (Chance(4))
            return Encoding.UTF8.GetBytes(new string('[', 1 + Upto(20_000)));
        byte[] bytes = Chance(6) ? [0x1f, 0x8b, 8, 0, .. Garbage()] : Chance(6) ? Garbage() : Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "null");
        for (var change = Upto(8) - 5; change > 0 && bytes.Length > 0; change--)
            bytes[Upto(bytes.Length)] = (byte)Upto(256);
        return Chance(10) ? bytes[..Upto(bytes.Length + 1)] : bytes;
    }

    byte[] Garbage()
    {
        var bytes = new byte[Upto(2000)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)Upto(256);
        return bytes;
    }
}
