using System.Security.Cryptography;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Passes bytes on, and hashes and counts what passes.</summary>
internal sealed class Passed(Take next) : IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Count { get; private set; }

    public Digest Digest => Digest.FromHash(_hash.GetCurrentHash());

    public ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        _hash.AppendData(bytes.Span);
        Count += bytes.Length;
        return next(bytes, ct);
    }

    public void Dispose() => _hash.Dispose();
}
