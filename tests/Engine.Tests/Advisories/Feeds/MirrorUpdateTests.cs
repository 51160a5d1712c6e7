using System.Text;
using CsCheck;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Tests.Advisories.Library;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

public sealed class MirrorUpdateTests : IAsyncLifetime
{
    readonly MirroredSource _source = new();

    public async ValueTask InitializeAsync()
    {
        _source.Put(Enumerable.Range(0, 60));
        _source.Publish();
        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task Where_nothing_has_changed_one_question_is_asked() => await _source.Updates(SourceUpdateWay.Unchanged, "304 modified_id.csv");

    [Fact]
    public async Task Few_records_are_asked_for_one_by_one_and_those_that_are_gone_are_gone()
    {
        _source.Put([3], "2026-02-01T00:00:00Z");
        _source.Put("PYSEC-99");
        _source.Records.Remove("PYSEC-7");
        _source.Publish();

        await _source.Updates(SourceUpdateWay.Records, "200 PYSEC-3.json", "200 PYSEC-99.json", "200 modified_id.csv");
        await _source.Updates(SourceUpdateWay.Unchanged, "304 modified_id.csv");
    }

    [Fact]
    public async Task Many_records_come_with_the_whole_export()
    {
        _source.Put(Enumerable.Range(1000, 500));
        _source.Publish();
        Assert.Equal(SourceUpdateWay.Records, (await _source.Update()).Way);
        _source.Put(Enumerable.Range(2000, 501));
        _source.Publish();

        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
    }

    [Theory]
    [InlineData("modified_id.csv", 404)]
    [InlineData("modified_id.csv", 403)]
    [InlineData("PYSEC-99.json", 404)]
    public async Task A_file_that_the_mirror_does_not_have_is_no_matter(string file, int status)
    {
        _source.Put("PYSEC-99");
        _source.Publish();
        _source.Server.Statuses[$"/PyPI/{file}"] = status;

        Assert.Equal(SourceUpdateWay.Whole, (await _source.Update()).Way);
        _source.IsWhole();
    }

    [Fact]
    public async Task Without_a_list_an_export_that_has_not_changed_is_not_sent_again()
    {
        _source.Server.Files.Remove("/PyPI/modified_id.csv", out _);

        await _source.Updates(SourceUpdateWay.Unchanged, "304 all.zip", "404 modified_id.csv");
    }

    [Fact]
    public async Task Times_that_tell_nothing_are_not_relied_on()
    {
        _source.Put(Enumerable.Range(0, 60), "0001-01-01T00:00:00Z");
        _source.Publish();
        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
        _source.Put("PYSEC-5", "another", "0001-01-01T00:00:00Z");
        _source.Publish();

        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
        await _source.Updates(SourceUpdateWay.Unchanged, "200 modified_id.csv", "304 all.zip");
    }

    [Fact]
    public async Task An_export_that_is_older_than_the_list_is_made_good_the_next_time()
    {
        _source.Put(Enumerable.Range(1000, 501));
        _source.Publish();
        _source.Put("PYSEC-99");
        _source.Publish(withZip: false);
        Assert.Equal(SourceUpdateWay.Whole, (await _source.Update()).Way);

        await _source.Updates(SourceUpdateWay.Records, "200 PYSEC-99.json", "200 modified_id.csv");
    }

    [Fact]
    public async Task A_record_that_is_older_than_the_list_is_asked_for_again()
    {
        var old = _source.Records["PYSEC-1"].Json;
        _source.Put([1], "2026-02-01T00:00:00Z");
        _source.Publish();
        _source.Server.Files["/PyPI/PYSEC-1.json"] = Encoding.UTF8.GetBytes(old);
        Assert.Equal(SourceUpdateWay.Records, (await _source.Update()).Way);
        _source.Publish();

        await _source.Updates(SourceUpdateWay.Records, "200 PYSEC-1.json", "200 modified_id.csv");
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_counted_as_in_the_whole_export()
    {
        _source.Records["PYSEC-1"] = ("{}", "2026-02-01T00:00:00Z");
        _source.Records["PYSEC-98"] = ("<html>", "2026-02-01T00:00:00Z");
        _source.Publish();

        await _source.Updates(SourceUpdateWay.Records, "200 PYSEC-1.json", "200 PYSEC-98.json", "200 modified_id.csv");
        await _source.Updates(SourceUpdateWay.Unchanged, "304 modified_id.csv");
    }

    [Fact]
    public async Task What_is_not_what_it_is_called_comes_with_the_whole_export()
    {
        _source.Records["PYSEC-99"] = (LibrarySample.Record("PYSEC-100"), "2026-01-01T00:00:00Z");
        _source.Publish();
        await _source.Updates(SourceUpdateWay.Whole, "200 PYSEC-99.json", "200 all.zip", "200 modified_id.csv");

        _source.Records.Remove("PYSEC-99");
        _source.Publish();
        _source.Server.Files["/PyPI/modified_id.csv"] = [.. _source.Server.Files["/PyPI/modified_id.csv"], .. "<html>\n"u8];
        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
    }

    [Fact]
    public async Task A_fault_that_passes_is_waited_out_once_and_one_that_does_not_leaves_what_was_there()
    {
        _source.Put("PYSEC-98");
        _source.Put("PYSEC-99");
        _source.Publish();
        var before = _source.Library.Bytes;
        _source.Server.Faults["/PyPI/PYSEC-99.json"] = 2;
        Assert.Equal(new(SourceUpdateWay.Failed, $"{_source.Server.Address.AbsoluteUri.TrimEnd('/')}/PyPI/PYSEC-99.json answers 503"), await _source.Update());
        Assert.Equal(before, _source.Library.Bytes);

        _source.Server.Faults["/PyPI/PYSEC-99.json"] = 1;
        await _source.Updates(SourceUpdateWay.Records, "200 PYSEC-98.json", "200 PYSEC-99.json", "200 modified_id.csv", "503 PYSEC-99.json");
    }

    [Fact]
    public async Task A_mirror_that_fails_altogether_is_not_asked_for_more()
    {
        _source.Server.Statuses["/PyPI/modified_id.csv"] = 500;

        Assert.Equal(SourceUpdateWay.Failed, (await _source.Update()).Way);
        _source.IsWhole();
    }

    [Fact]
    public async Task What_came_from_elsewhere_and_what_is_to_be_anew_comes_whole()
    {
        _source.Library.ImportZip(_source.Library.Zip(_source.Records.Values.Select(record => record.Json)), "PyPI");
        await _source.Updates(SourceUpdateWay.Whole, "200 all.zip", "200 modified_id.csv");
        Assert.Equal(SourceUpdateWay.Whole, (await _source.Update(anew: true)).Way);
    }

    [Fact]
    public async Task An_export_that_is_none_leaves_what_was_there()
    {
        _source.Server.Files["/PyPI/all.zip"] = "<html>"u8.ToArray();
        _source.Server.Files.Remove("/PyPI/modified_id.csv", out _);

        Assert.Contains("/PyPI/all.zip: it is not a zip archive", (await _source.Update()).Failure, StringComparison.Ordinal);
        _source.IsWhole();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_changes_and_whichever_way_it_comes_the_library_is_that_of_the_whole_export(int seed)
    {
        var random = new PCG(1, (ulong)seed);
        int Below(int count) => (int)random.Next((uint)count);
        for (var step = 0; step < 6; step++)
        {
            foreach (var number in Enumerable.Range(0, Below(6)).Select(_ => Below(80)))
                if (Below(8) is var what && what == 0 && _source.Records.Count > 56)
                    _source.Records.Remove($"PYSEC-{number}");
                else if (what == 1)
                    _source.Records[$"PYSEC-{number}"] = ("{}", $"2026-03-0{1 + step}T00:00:00Z");
                else
                    _source.Put($"PYSEC-{number}", $"package-{Below(9)}", $"2026-0{2 + step}-01T00:00:00.{1 + Below(9)}Z");
            var way = Below(5);
            if (Below(4) == 0)
                _source.Put(Enumerable.Range(1000 * (1 + step), Below(2) * 300 + 250));
            // Only where records come one by one may an export lag behind.
            _source.Publish(withZip: way != 0 || _source.Records.Count > 400);
            if (way == 1)
                _source.Server.Files.Remove("/PyPI/modified_id.csv", out _);
            else if (way == 2)
                _source.Server.Files.Remove($"/PyPI/{_source.Records.Keys.ElementAt(Below(_source.Records.Count))}.json", out _);
            else if (way == 3)
                _source.Server.Faults[$"/PyPI/{(Below(2) == 0 ? "all.zip" : "modified_id.csv")}"] = 1;

            Assert.Null((await _source.Update()).Failure);
            _source.IsWhole();
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];
}
