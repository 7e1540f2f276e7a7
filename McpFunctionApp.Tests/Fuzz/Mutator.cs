using System.Text;

namespace McpFunctionApp.Tests.Fuzz;

/// <summary>Makes one request out of one seed: a well-formed message, changed in its structure, its bytes and its
/// headers.</summary>
internal sealed class Mutator
{
    private readonly FuzzDice _dice;
    private readonly BodyMutator _body;
    private readonly HeadMutator _head;

    public Mutator(int seed)
    {
        _dice = new FuzzDice(seed);
        _body = new BodyMutator(_dice);
        _head = new HeadMutator(_dice);
    }

    public FuzzRequest Make()
    {
        var request = _dice.Message();
        if (_dice.Chance(75))
        {
            request = request with { Body = Encoding.UTF8.GetBytes(_body.Restructured(Encoding.UTF8.GetString(request.Body))) };
        }

        if (_dice.Chance(20))
        {
            request = request with { Body = _dice.Several(3, request.Body, _body.Scrambled) };
        }

        if (_dice.Chance(35))
        {
            request = _dice.Several(3, request, _head.WithOtherHeaders);
        }

        return _dice.Chance(4) ? request with { Framing = _head.Framing(request.Body.Length) }
            : _dice.Chance(3) ? request with { Line = _head.Line() }
            : request;
    }
}
