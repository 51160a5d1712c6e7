using System.Collections.Concurrent;
using System.Threading.Channels;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

/// <summary>Thousands of changes, with everything that goes wrong between a cluster and who watches it.</summary>
public sealed class SoakTests
{
    const int Objects = 2_000, Changes = 8_000;

    [Fact]
    public async Task After_random_changes_and_faults_the_store_is_as_the_server_and_each_object_was_looked_at_in_its_last_version_alone()
    {
        var (dice, clock, store, looks) = (new Dice(20), new FastClock(20), new ObjectStore<V1Deployment>(), new Looks());
        await using var server = await FakeApiServer.Start();
        var there = server.Of("deployments");
        for (var i = 0; i < Objects; i++)
            there.Put(Sample.Deployment($"app-{i}"));
        server.Fault = context => Fault(context, dice);
        using var queue = Sample.Queue(clock);
        using var controller = new Controller<V1Deployment>(looks, store, queue, Sample.Meters(), NullLogger<Controller<V1Deployment>>.Instance) { Clock = clock };
        using var reflector = new Reflector<V1Deployment>(new ObjectFeed<V1Deployment>(server.Client(), Sample.Deployments) { Clock = clock }, store, clock, NullLogger<Reflector<V1Deployment>>.Instance);
        var run = controller.Run(Patience.Ct);
        await reflector.StartAsync(Patience.Ct);
        await store.Synced.Soon();

        for (var i = 0; i < Changes; i++)
        {
            Change(there, dice);
            if (i % 200 == 0)
                await looks.Next();
        }
        server.Fault = null;
        var last = there.Versions();
        while (!last.All(one => looks.Last.GetValueOrDefault(one.Key) == one.Value) || looks.Last.Count != last.Count)
            await looks.Next();

        Assert.Equal(last, store.All().ToDictionary(one => ObjectStore<V1Deployment>.KeyOf(one).ToString(), one => one.Metadata.ResourceVersion));
        Assert.Empty(looks.AtOnce);
        await reflector.StopAsync(Patience.Ct);
        queue.Close();
        await run.Soon();
    }

    static void Change(FakeCollection there, Dice dice)
    {
        var name = $"app-{dice.Roll(Objects)}";
        switch (dice.Roll(400))
        {
            case < 60:
                there.Delete($"shop/{name}");
                break;
            case < 62:
                there.Cut();
                break;
            case 62:
                there.Compact();
                there.Cut();
                break;
            case 63:
                there.Say(Sample.Frame("MODIFIED", Sample.Unreadable(name, "1")));
                break;
            case 64:
                there.Say(Sample.Gone());
                break;
            default:
                there.Put(Sample.Deployment(name, replicas: dice.Roll(100)));
                break;
        }
    }

    static async Task<bool> Fault(HttpContext context, Dice dice)
    {
        switch (dice.Roll(10))
        {
            case 0:
                await Answer.Refuse(429, "TooManyRequests", 1)(context);
                return true;
            case 1:
                await Answer.Refuse(500 + dice.Roll(5), "InternalError")(context);
                return true;
            case 2:
                await Answer.Refuse(410, "Expired")(context);
                return true;
            case 3:
                context.Abort();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Remembers what was looked at last, and which keys two looks were at at once. Every tenth look fails.</summary>
    sealed class Looks : IEntityController<V1Deployment>
    {
        readonly ConcurrentDictionary<string, int> _busy = new();
        readonly Channel<bool> _ended = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        readonly Dice _dice = new(6);

        public ConcurrentDictionary<string, string> Last { get; } = new();

        public ConcurrentBag<string> AtOnce { get; } = [];

        public Task<bool> Next() => _ended.Reader.ReadAsync(Patience.Ct).Soon();

        public Task<ReconciliationResult<V1Deployment>> ReconcileAsync(V1Deployment entity, CancellationToken cancellationToken) =>
            Look(entity, key => Last[key] = entity.Metadata.ResourceVersion);

        public Task<ReconciliationResult<V1Deployment>> DeletedAsync(V1Deployment entity, CancellationToken cancellationToken) => Look(entity, key => Last.TryRemove(key, out _));

        async Task<ReconciliationResult<V1Deployment>> Look(V1Deployment entity, Action<string> then)
        {
            var key = ObjectStore<V1Deployment>.KeyOf(entity).ToString();
            if (_busy.AddOrUpdate(key, 1, (_, count) => count + 1) > 1)
                AtOnce.Add(key);
            try
            {
                await Task.Yield();
                if (_dice.Roll(10) == 0)
                    throw new IOException("a look that fails");
                then(key);
                return ReconciliationResult<V1Deployment>.Success(entity);
            }
            finally
            {
                _busy.AddOrUpdate(key, 0, (_, count) => count - 1);
                _ended.Writer.TryWrite(true);
            }
        }
    }
}
