using Microsoft.Extensions.Logging;
using Plimsoll.Engine;
using Plimsoll.Engine.Images;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Images;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Inspections;

/// <summary>Runs one inspection under its lease and stores what it found.</summary>
internal sealed partial class InspectionRun(InspectionQueue queue, UploadStore uploads, Inspector inspector, INews news, ServiceMeter meter, TimeProvider clock, ILogger<InspectionRun> log)
{
    public async Task Run(Lease lease, CancellationToken ct)
    {
        using var work = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heart = Beat(lease, work);
        var start = clock.GetTimestamp();
        try
        {
            Log.Started(log, lease.Id, lease.Attempt);
            var report = await Inspect(lease, work.Token);
            if (report.Images.Count == 0)
            {
                var (reason, remedy) = report.Failures is [var failure, ..] ? (failure.Reason, failure.Remedy) : ("there is no image in it", null);
                // Bytes that are here do not become better; a registry may.
                await queue.Fail(lease, reason, remedy, final: lease.Blob is not null, ct);
                Log.Failed(log, lease.Id, reason);
            }
            else if (await queue.Complete(lease, (db, token) => db.Store(lease.Id, report.Images, clock.GetUtcNow(), token), work.Token))
            {
                meter.Took(clock.GetElapsedTime(start));
                Log.Succeeded(log, lease.Id, report.Images.Count);
            }
            await uploads.DropIfUnused(lease.Blob, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await queue.Return(lease, TimeSpan.Zero, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            Log.Lost(log, lease.Id);
        }
        catch (IOException e)
        {
            await queue.Fail(lease, e.Message, null, final: false, ct);
            Log.Failed(log, lease.Id, e.Message);
        }
        finally
        {
            await work.CancelAsync();
            await heart;
        }
        news.Wake();
    }

    async Task<Engine.Reports.Report> Inspect(Lease lease, CancellationToken ct)
    {
        var progress = new ProgressOf(lease.Id, news, meter);
        var reports = new List<Engine.Reports.Report>();
        IReadOnlyList<Platform?> platforms = lease.Platforms is { } names ? [.. names.Split(',').Select(name => Platform.Parse(name, null))] : [null];
        foreach (var platform in platforms)
        {
            var source = lease.Blob is { } blob ? await uploads.Open(blob, ct) : new ImageSource.Registry(ImageName.Parse(lease.Reference!, null));
            reports.Add((await inspector.Inspect(new InspectionRequest(source, platform), progress, ct)).Report);
        }
        return new Engine.Reports.Report([.. reports.SelectMany(report => report.Images)], [.. reports.SelectMany(report => report.Failures)]);
    }

    async Task Beat(Lease lease, CancellationTokenSource work)
    {
        using var timer = new PeriodicTimer(queue.LeaseTime / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(work.Token))
                if (!await Beat(lease, work.Token))
                    await work.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }

    async Task<bool> Beat(Lease lease, CancellationToken ct)
    {
        try
        {
            return await queue.Heartbeat(lease, ct);
        }
        catch (System.Data.Common.DbException)
        {
            // The next beat may reach the database in time. If none does, the lease ends by itself and Complete stores nothing.
            return true;
        }
    }

    sealed class ProgressOf(Guid inspection, INews news, ServiceMeter meter) : IProgress<LayerProgress>
    {
        readonly Dictionary<string, (long Read, long Told)> _layers = [];

        /// <summary>Bytes of a layer between two pieces of news.</summary>
        const long Step = 4 << 20;

        public void Report(LayerProgress value)
        {
            meter.Read(value.Read);
            LayerStep? step = null;
            lock (_layers)
            {
                var (read, told) = _layers.GetValueOrDefault(value.Layer);
                read += value.Read;
                if (read - told >= Step || read == value.Total)
                    (told, step) = (read, new LayerStep(value.Layer, read, value.Total));
                _layers[value.Layer] = (read, told);
            }
            if (step is not null)
                news.Publish(inspection, step);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Inspection {Id} started, attempt {Attempt}")]
        public static partial void Started(ILogger logger, Guid id, int attempt);

        [LoggerMessage(Level = LogLevel.Information, Message = "Inspection {Id} succeeded with {Images} images")]
        public static partial void Succeeded(ILogger logger, Guid id, int images);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Inspection {Id} failed: {Reason}")]
        public static partial void Failed(ILogger logger, Guid id, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Inspection {Id} was cancelled, or its lease was lost")]
        public static partial void Lost(ILogger logger, Guid id);
    }
}
