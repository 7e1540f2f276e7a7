namespace McpFunctionApp.Lookups;

/// <summary>The places of the best matches, by rank and then in the order in which they were found; a bounded number of
/// them.</summary>
internal sealed class RankedPlaces(int ranks, int count)
{
    private readonly List<int>[] _byRank = [.. Enumerable.Range(0, ranks).Select(_ => new List<int>())];

    public int Total { get; private set; }

    public IEnumerable<int> Best => _byRank.SelectMany(places => places).Take(count);

    public void Add(int rank, int place)
    {
        Total++;
        if (_byRank[rank].Count < count)
        {
            _byRank[rank].Add(place);
        }
    }
}
