using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Tests.Secrets;

/// <summary>
/// Fills templates with random bodies, the same for the same seed: <c>{A36}</c> is 36 letters and digits. So no token stands in the tests
/// that a scanner of a hosting platform could take for a real one.
/// </summary>
internal sealed partial class Bodies(ulong seed)
{
    const string Digits = "0123456789", Lower = "abcdefghijklmnopqrstuvwxyz", Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    static readonly Dictionary<char, string> Alphabets = new()
    {
        ['A'] = Upper + Lower + Digits,
        ['l'] = Lower + Digits,
        ['U'] = Upper + Digits,
        ['L'] = Upper + Lower,
        ['d'] = Digits,
        ['h'] = Digits + "abcdef",
        ['b'] = Upper + Lower + Digits + "+/",
        ['u'] = Upper + Lower + Digits + "_-",
        ['B'] = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
        ['t'] = Upper + "234567",
    };

    ulong _state = seed * 0x9e3779b97f4a7c15 + 1;

    /// <summary><c>{g}</c> is a UUID, <c>{k20}</c> 20 lines of base64, <c>{j}</c> JSON claims in base64url; the rest are alphabets.</summary>
    public string Fill(string template) => Slot().Replace(template, slot =>
    {
        var length = slot.Groups[2].Value is { Length: > 0 } digits ? int.Parse(digits) : 0;
        return slot.Groups[1].Value[0] switch
        {
            'g' => $"{Of('h', 8)}-{Of('h', 4)}-4{Of('h', 3)}-a{Of('h', 3)}-{Of('h', 12)}",
            'k' => string.Join('\n', Enumerable.Range(0, length).Select(_ => Of('b', 64))),
            'j' => Base64Url($$"""{"sub":"{{Of('h', 24)}}","iat":17{{Of('d', 8)}},"scope":"{{Of('l', 8)}}"}"""),
            'K' => Base64Url($$"""{"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"shop","sub":"system:serviceaccount:shop:{{Of('l', 8)}}"}"""),
            'p' => Convert.ToBase64String(Encoding.ASCII.GetBytes($"deploy:{Of('A', 20)}")),
            var alphabet => Of(alphabet, length),
        };
    });

    public byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (byte)Next(256))];

    public int Next(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return (int)((_state >> 11) % (ulong)limit);
    }

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Next(choices.Count)];

    string Of(char alphabet, int length)
    {
        var letters = Alphabets[alphabet];
        return string.Create(length, this, (text, bodies) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = letters[bodies.Next(letters.Length)];
        });
    }

    static string Base64Url(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    [GeneratedRegex("\\{([gjKpkAlULdhbuBt])([0-9]*)\\}")]
    private static partial Regex Slot();
}
