using System.Text;
using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class ModifiedListTests
{
    [Fact]
    public void A_list_says_when_each_record_was_modified_and_what_is_no_such_line_is_counted()
    {
        var list = ModifiedList.Parse(Encoding.UTF8.GetBytes(
            $"2026-02-01T00:00:00.625Z,PYSEC-1\r\n\n2026-01-01T00:00:00Z,PYSEC-1\n2026-01-01T00:00:00Z,ID,WITH\nyesterday,PYSEC-2\n,PYSEC-3\nPYSEC-4\n2026-01-01T00:00:00Z,\n2026-01-01T00:00:00Z,../x\n2026-01-01T00:00:00Z,{new string('x', 500)}\n\u00ff\n2026-01-01T00:00:00Z,PYSEC-9"));

        Assert.Equal(["ID,WITH", "PYSEC-1", "PYSEC-9"], list.Records.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, 625, TimeSpan.Zero), list.Records["PYSEC-1"]);
        Assert.Equal((7, true), (list.Rejected, list.TellsTimes));
    }

    [Fact]
    public void Times_of_the_year_1_tell_nothing() => Assert.False(ModifiedList.Parse("2026-02-01T00:00:00Z,GO-1\n0001-01-01T00:00:00Z,GO-2\n"u8).TellsTimes);

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n")]
    public void A_list_may_be_empty(string csv) => Assert.Empty(ModifiedList.Parse(Encoding.UTF8.GetBytes(csv)).Records);
}
