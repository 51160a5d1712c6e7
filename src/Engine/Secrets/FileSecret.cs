using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Engine.Secrets;

/// <summary>A secret in a file of a layer. The value itself is never kept: only its mask, and a hash that tells two values apart.</summary>
/// <param name="Line">From 1; null in a file that has no lines: a binary or a sparse one.</param>
/// <param name="Value">The first half of its SHA-256.</param>
internal sealed record FileSecret(SecretRule Rule, int? Line, string Masked, UInt128 Value)
{
    /// <summary>Where there are no lines, there are no readers: a program or a picture has it among its bytes.</summary>
    public bool InBinary => Line is null;

    /// <param name="latin1">Each character is a byte of the file.</param>
    public static FileSecret Of(SecretRule rule, int? line, string latin1)
    {
        var bytes = Encoding.Latin1.GetBytes(latin1);
        return new FileSecret(rule, line, SecretMask.MaskValue(Encoding.UTF8.GetString(bytes)), BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes)));
    }
}
