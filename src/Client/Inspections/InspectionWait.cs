using System.Net.ServerSentEvents;
using System.Text.Json;
using Plimsoll.Client.Http;

namespace Plimsoll.Client.Inspections;

/// <summary>
/// Follows the events of an inspection until it ends (WHATWG HTML, "Server-sent events"). When they are cut or stop, its state is asked for and they are
/// taken up again: each event says how things stand, so that one that was missed is made good by the next.
/// </summary>
internal sealed class InspectionWait(Transport transport, PlimsollClientOptions options)
{
    /// <summary>Between two looks, when there were no events to wait for.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Without any event for this long, we look for ourselves: something in between may keep events back.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    public async Task<InspectionBody> For(Guid id, IProgress<EventBody>? progress, CancellationToken ct)
    {
        var follower = new Follower(progress);
        long? goneSince = null;
        while (true)
        {
            try
            {
                if (follower.Hear(new EventBody(await transport.Get($"v1/inspections/{id}", WireJson.Wire.InspectionBody, ct), null)) is { } now)
                    return now;
                goneSince = null;
                if (await Listen(id, follower, ct) is { } ended)
                    return ended;
            }
            catch (PlimsollException e) when (e.IsPassing)
            {
                goneSince ??= options.Clock.GetTimestamp();
                if (options.Clock.GetElapsedTime(goneSince.Value) > options.Outage)
                    throw;
                await Task.Delay(e.RetryAfter is { } wait && wait < options.LongestWait ? wait : Pause, options.Clock, ct);
            }
        }
    }

    // Null when the events end before the inspection does.
    Task<InspectionBody?> Listen(Guid id, Follower follower, CancellationToken ct) => transport.Ask(
        new ApiRequest(HttpMethod.Get, $"v1/inspections/{id}/events") { Accept = "text/event-stream", LastEvent = follower.LastEvent, MayRepeat = false },
        async (response, token) =>
        {
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
            quiet.CancelAfter(Quiet);
            await using var body = await response.Content.ReadAsStreamAsync(token);
            var events = SseParser.Create(body, (_, data) => Read(data));
            try
            {
                await foreach (var item in events.EnumerateAsync(quiet.Token))
                {
                    quiet.CancelAfter(Quiet);
                    follower.LastEvent = events.LastEventId is { Length: > 0 } last ? last : null;
                    if (item.Data is { } data && follower.Hear(data) is { } ended)
                        return ended;
                }
                await Task.Delay(Pause, options.Clock, ct);
                return null;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return null;
            }
        }, ct);

    static EventBody? Read(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, WireJson.Wire.EventBody);
        }
        catch (JsonException)
        {
            // An event of a kind that we do not know yet.
            return null;
        }
    }

    sealed class Follower(IProgress<EventBody>? progress)
    {
        string? _state;

        public string? LastEvent { get; set; }

        /// <summary>Passes news on, and returns the inspection when it has ended.</summary>
        public InspectionBody? Hear(EventBody news)
        {
            if (news.Inspection is not { } inspection)
            {
                progress?.Report(news);
                return null;
            }
            if (inspection.State != _state)
                progress?.Report(news);
            _state = inspection.State;
            return inspection.State is "queued" or "running" ? null : inspection;
        }
    }
}
