using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Plimsoll.Engine;

namespace Plimsoll.Store.Blobs;

/// <summary>
/// Uploads as objects of a bucket, for many processes and large images. A body of unknown length is sent in parts (Amazon S3 API, multipart
/// upload), and becomes an object only when all of them have arrived.
/// </summary>
internal sealed class S3Blobs(IAmazonS3 s3, string bucket, string prefix) : IBlobStore
{
    /// <summary>A body that has not ended after so long is taken for one that was cut off with its process.</summary>
    static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    public async Task<StoredBlob> Write(Stream body, CancellationToken ct)
    {
        var key = Guid.CreateVersion7().ToString("N");
        await using var parts = new S3Parts(s3, bucket, prefix + key);
        var (digest, size) = await HashedBody.Copy(body, piece => Guarded(() => parts.Add(piece, ct)), ct);
        await Guarded(() => parts.Complete(ct));
        return new StoredBlob(digest, size, key);
    }

    public Task<ImageSource> Open(string key, CancellationToken ct) => Task.FromResult<ImageSource>(new ImageSource.Stream(new S3BlobStream(s3, bucket, prefix + key)));

    public Task Delete(string key, CancellationToken ct) => Guarded(() => s3.DeleteObjectAsync(bucket, prefix + key, ct));

    public async Task<int> Sweep(DateTimeOffset before, Func<string, Task<bool>> isKept, CancellationToken ct)
    {
        var swept = 0;
        await Guarded(async () =>
        {
            await foreach (var found in s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, Prefix = prefix }).S3Objects.WithCancellation(ct))
                // What else lies in the bucket is not ours: our names are 32 hex digits.
                if (found.LastModified?.ToUniversalTime() < before.UtcDateTime && Guid.TryParseExact(found.Key[prefix.Length..], "N", out _) && !await isKept(found.Key[prefix.Length..]))
                {
                    await s3.DeleteObjectAsync(bucket, found.Key, ct);
                    swept++;
                }
            swept += await SweepUnfinished(before.UtcDateTime - LongestUpload, ct);
        });
        return swept;
    }

    async Task<int> SweepUnfinished(DateTime before, CancellationToken ct)
    {
        var swept = 0;
        try
        {
            await foreach (var upload in s3.Paginators.ListMultipartUploads(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix }).Uploads.WithCancellation(ct))
                if (upload.Initiated?.ToUniversalTime() < before)
                {
                    await s3.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId, ct);
                    swept++;
                }
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.NotImplemented)
        {
            // A server that keeps no list of them has to forget them by itself.
        }
        return swept;
    }

    /// <summary>Turns what the store or the way to it did wrong into what callers know.</summary>
    /// <exception cref="BlobStoreFullException">The store says that it is full.</exception>
    /// <exception cref="BlobStoreAwayException">It does not answer, or refuses for another reason.</exception>
    internal static async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (AmazonServiceException e) when (e.StatusCode is HttpStatusCode.InsufficientStorage || e.ErrorCode is "QuotaExceeded")
        {
            throw new BlobStoreFullException("the bucket of the blob store is full", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new BlobStoreAwayException($"the blob store does not do as it should: {e.Message}", e);
        }
    }
}
