using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Images;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Inspections;

/// <summary>Runs one inspection under its lease and stores what it found.</summary>
internal sealed partial class InspectionRun(InspectionQueue queue, Examination examination, Contents contents, UploadStore uploads, LeaseHeart heart, ServiceMeter meter, TimeProvider clock, ILogger<InspectionRun> log)
{
    public async Task Run(Lease lease, CancellationToken ct)
    {
        using var attempt = InspectionTrace.Attempt(lease);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = heart.Beat(lease, work);
        try
        {
            Log.Started(log, lease.Id, lease.Attempt);
            await Work(lease, work.Token);
            await uploads.DropIfUnused(lease.Blob, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await queue.Return(lease, TimeSpan.Zero, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            InspectionTrace.Failed("cancelled, or the lease was lost");
            Log.Lost(log, lease.Id);
        }
        catch (CryptographicException)
        {
            await Fail(lease, new Failure("", "the login that was sent along cannot be read any more", "the service has another SECRET_KEY now: submit it again"), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Fail(lease, new Failure("", e.Message, null) { Kind = FailureKind.Unavailable }, ct);
        }
        finally
        {
            await work.CancelAsync();
            await beating;
        }
        await contents.Release(lease.Id, ct);
    }

    async Task Work(Lease lease, CancellationToken ct)
    {
        Digest? at = null;
        if (lease.Reference is not null)
        {
            var resolution = await examination.Resolve(lease, ct);
            if (resolution.Failure is { } failure)
            {
                await Fail(lease, failure, ct);
                return;
            }
            at = resolution.Digest!;
            if (!await contents.IsLeftTo(lease, Contents.Of(at, lease.Platforms), ct))
            {
                Log.Known(log, lease.Id, at);
                return;
            }
        }
        var start = clock.GetTimestamp();
        if (await Store(lease, await examination.Inspect(lease, at, ct), ct))
            meter.Took(clock.GetElapsedTime(start));
    }

    async Task<bool> Store(Lease lease, Report report, CancellationToken ct)
    {
        var passing = report.Failures.FirstOrDefault(failure => failure.Kind is FailureKind.Unavailable);
        if (report.Images.Count == 0)
            await Fail(lease, passing ?? (report.Failures is [var first, ..] ? first : new Failure("", "there is no image in it", null)), ct);
        // A part is better than nothing, but the rest may come with another attempt.
        else if (passing is not null && lease.Attempt < InspectionQueue.Attempts)
            await Fail(lease, passing, ct);
        else if (await queue.Complete(lease, (db, now, token) => db.Store(lease.Id, report.Images, isAll: passing is null, now, token), ct))
        {
            InspectionTrace.Found([.. report.Images.Select(ImageStore.DigestOf)]);
            Log.Succeeded(log, lease.Id, report.Images.Count);
            return true;
        }
        return false;
    }

    // Bytes that are here do not become better, nor does a registry that says no; one that does not answer may.
    async Task Fail(Lease lease, Failure failure, CancellationToken ct)
    {
        await queue.Fail(lease, failure.Reason, failure.Remedy, final: failure.Kind is not FailureKind.Unavailable, ct);
        InspectionTrace.Failed(failure.Reason);
        Log.Failed(log, lease.Id, failure.Reason);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Inspection {Id} started, attempt {Attempt}")]
        public static partial void Started(ILogger logger, Guid id, int attempt);

        [LoggerMessage(Level = LogLevel.Information, Message = "Inspection {Id} succeeded with {Images} images")]
        public static partial void Succeeded(ILogger logger, Guid id, int images);

        [LoggerMessage(Level = LogLevel.Information, Message = "Inspection {Id} is about {Digest}, which is known or being inspected")]
        public static partial void Known(ILogger logger, Guid id, Digest digest);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Inspection {Id} failed: {Reason}")]
        public static partial void Failed(ILogger logger, Guid id, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Inspection {Id} was cancelled, or its lease was lost")]
        public static partial void Lost(ILogger logger, Guid id);
    }
}
