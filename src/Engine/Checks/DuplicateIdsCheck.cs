using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class DuplicateIdsCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "duplicate-ids", Severity.Medium, "Accounts share an id, so that one has the files and rights of the other",
        "Give every user and every group an id of its own", "DKL-LI-0002");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        Shared(image, "etc/passwd", "user", image.Accounts.Users.Select(user => (user.Uid, user.Name)))
            .Concat(Shared(image, "etc/group", "group", image.Accounts.Groups.Select(group => (group.Gid, group.Name))));

    static IEnumerable<Evidence> Shared(InspectedImage image, string path, string noun, IEnumerable<(int Id, string Name)> accounts) =>
        from account in accounts.Distinct()
        group account.Name by account.Id into same
        where same.Skip(1).Any()
        select new Evidence(
            $"the {noun} id {same.Key} is shared by {Counted.Names([.. same])}", image.Tree.Find(path)?.Layer, path,
            // A second name for root is a door that most people do not look at.
            Severity: same.Key == 0 && noun == "user" ? Severity.High : null);
}
