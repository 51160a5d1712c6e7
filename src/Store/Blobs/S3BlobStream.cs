using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plimsoll.Store.Blobs;

/// <summary>An object, read forward only. A connection that breaks is made again where it broke, as long as the object is the same.</summary>
internal sealed class S3BlobStream(IAmazonS3 s3, string bucket, string key) : Stream
{
    /// <summary>A connection that brought nothing is tried again so often.</summary>
    const int Attempts = 5;

    GetObjectResponse? _answer;
    string? _tag;
    long _at;
    long? _length;
    int _failed;

    /// <exception cref="BlobStoreAwayException">The store does not answer, or the object is gone or another.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _at == _length && _answer is null)
            return 0;
        while (true)
            try
            {
                _answer ??= await Ask(cancellationToken);
                var read = await _answer.ResponseStream.ReadAsync(buffer, cancellationToken);
                if (read == 0 && _at < _length)
                    throw new EndOfStreamException(string.Create(CultureInfo.InvariantCulture, $"the answer ended after {_at} of {_length} bytes"));
                // Read to its very end, the library compares the whole with what the store says of it.
                if (read == 0)
                    HangUp();
                _at += read;
                _failed = 0;
                return read;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or AmazonClientException or AmazonServiceException)
            {
                HangUp();
                if (_at == _length || e is AmazonServiceException { StatusCode: < System.Net.HttpStatusCode.InternalServerError and >= System.Net.HttpStatusCode.BadRequest } || ++_failed >= Attempts)
                    throw new BlobStoreAwayException($"the upload cannot be read from the blob store: {e.Message}", e);
            }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    async Task<GetObjectResponse> Ask(CancellationToken ct)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key, EtagToMatch = _tag };
        if (_at > 0)
            request.ByteRange = new ByteRange(_at, _length!.Value - 1);
        var answer = await s3.GetObjectAsync(request, ct);
        _length ??= answer.ContentLength;
        _tag ??= answer.ETag;
        if (_at + answer.ContentLength == _length)
            return answer;
        answer.Dispose();
        throw new BlobStoreAwayException("the upload cannot be read from the blob store: it sent another range than it was asked for");
    }

    void HangUp()
    {
        _answer?.Dispose();
        _answer = null;
    }

    protected override void Dispose(bool disposing)
    {
        HangUp();
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("the blob store is read asynchronously");

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
