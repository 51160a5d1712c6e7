using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class LayerMemoryTests(PostgresServer postgres, RedisServer redis)
{
    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_known_layer_is_not_read_again_and_the_report_is_the_same(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var sample = await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), TestContext.Current.CancellationToken);
        var first = await service.Inspect(sample);
        var before = (await service.Json($"/v1/images/{first.Images[0]}/report")).GetRawText();
        await using (var db = await service.Database())
        {
            Assert.Equal(11, await db.Layers.CountAsync(TestContext.Current.CancellationToken));
            // A report of other rules is made anew, from layers that are known.
            await db.Images.ExecuteUpdateAsync(set => set.SetProperty(row => row.Revision, -1), TestContext.Current.CancellationToken);
            await db.Layers.ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsed, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        }
        var second = await service.Inspect(sample);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(before, (await service.Json($"/v1/images/{second.Images[0]}/report")).GetRawText());
        await using (var db = await service.Database())
            Assert.Equal(0, await db.Layers.CountAsync(row => row.LastUsed == DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_archive_that_names_a_known_layer_and_holds_other_bytes_is_refused(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var sample = await File.ReadAllBytesAsync(Repository.At("samples/webapp.tar"), TestContext.Current.CancellationToken);
        await service.Inspect(sample);
        // A byte of a file's content, in the first layer that has room for it.
        var at = sample.AsSpan().IndexOf("PRETTY_NAME"u8);
        sample[at] = (byte)'Q';
        var second = await service.Inspect(sample);
        Assert.Equal("failed", second.State);
        Assert.Contains("but the image says", second.Error);
    }
}
