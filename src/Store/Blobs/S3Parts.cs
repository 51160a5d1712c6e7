using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plimsoll.Store.Blobs;

/// <summary>One object on its way into a bucket. Disposed before it is complete, it leaves nothing there.</summary>
internal sealed class S3Parts(IAmazonS3 s3, string bucket, string key) : IAsyncDisposable
{
    /// <summary>Bytes of the first parts. A part has at least 5 MiB, but for the last.</summary>
    const int FirstPart = 8 << 20;

    /// <summary>After so many parts they double, so that the 10,000 that S3 takes hold any upload and small ones need little memory: 56 GiB fit into 3,000.</summary>
    const int Doubling = 1000;

    readonly List<PartETag> _sent = [];
    byte[] _part = new byte[FirstPart];
    int _filled;
    string? _upload;
    bool _completing, _ended;

    public async Task Add(ReadOnlyMemory<byte> piece, CancellationToken ct)
    {
        while (!piece.IsEmpty)
        {
            var taken = Math.Min(piece.Length, _part.Length - _filled);
            piece[..taken].CopyTo(_part.AsMemory(_filled));
            _filled += taken;
            piece = piece[taken..];
            if (_filled == _part.Length)
                await SendPart(ct);
        }
    }

    public async Task Complete(CancellationToken ct)
    {
        _completing = true;
        if (_upload is null)
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = Filled(), AutoCloseStream = true, UseChunkEncoding = false }, ct);
        else
        {
            if (_filled > 0)
                await SendPart(ct);
            await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = _upload, PartETags = _sent }, ct);
        }
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended)
            return;
        try
        {
            if (_upload is not null)
                await s3.AbortMultipartUploadAsync(bucket, key, _upload, CancellationToken.None);
            // An answer that was lost: the object may be there all the same.
            if (_completing)
                await s3.DeleteObjectAsync(bucket, key, CancellationToken.None);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            // The store is away, which the caller has just been told: what is left is swept.
        }
    }

    async Task SendPart(CancellationToken ct)
    {
        _upload ??= (await s3.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = key }, ct)).UploadId;
        var number = _sent.Count + 1;
        var sent = await s3.UploadPartAsync(new UploadPartRequest { BucketName = bucket, Key = key, UploadId = _upload, PartNumber = number, InputStream = Filled(), PartSize = _filled, UseChunkEncoding = false }, ct);
        _sent.Add(new PartETag(number, sent.ETag));
        _filled = 0;
        if (number % Doubling == 0)
            _part = new byte[_part.Length * 2];
    }

    MemoryStream Filled() => new(_part, 0, _filled, writable: false);
}
