using System.Diagnostics;
using System.Text;
using Plimsoll.Engine.Advisories.Versions;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>What hostile text costs: as much more as it is longer, in time and in memory.</summary>
public sealed class VersionCostTests
{
    [Theory, MemberData(nameof(VersionOrdersTests.Names), MemberType = typeof(VersionOrdersTests))]
    public void A_million_characters_cost_little(string name)
    {
        var order = VersionOrders.All.Single(order => order.Name == name);
        string[] units = ["1", "0", ".", ".1", ".0", "-1", "a", "a1", ".a", "_p1", "~", "^", "-dev", "\t"];
        foreach (var unit in units)
        {
            foreach (var start in new[] { "1", "1.0.0-" })
            {
                var text = start + new StringBuilder().Insert(0, unit, 1_000_000 / unit.Length).ToString();
                var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
                if (order.Parse(text + "1") is { } a && order.Parse(text + "2") is { } b)
                    Assert.True(a.CompareTo(b) <= 0 && b.CompareTo(a) >= 0);
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{name}: {start}{unit}… takes {watch.Elapsed}");
                Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000_000, $"{name}: {start}{unit}… takes {GC.GetAllocatedBytesForCurrentThread() - before:n0} bytes");
            }
        }
    }
}
