// Checks an exported log with the Go project's own checksum-database library, which shares no code with Guildhall.
//
//	verify <folder> <earlier checkpoint> <verifier key>
//
// It opens both checkpoints, rebuilds the root, proves records at the edges of tiles and the step between the two sizes.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// height of a tile: 2^8 hashes.
const height = 8

// folder is a log as a tlog.TileReader.
type folder string

func (f folder) Height() int { return height }

// path is the library's path of a tile without the height, which C2SP tlog-tiles leaves out.
func path(t tlog.Tile) string {
	return strings.Replace(t.Path(), fmt.Sprintf("tile/%d/", height), "tile/", 1)
}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, t := range tiles {
		data, err := os.ReadFile(filepath.Join(string(f), path(t)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

// entry reads the bytes of one entry from its bundle.
func (f folder) entry(index, size int64) ([]byte, error) {
	t := tlog.Tile{H: height, L: -1, N: index >> height, W: 1 << height}
	if rest := size - t.N<<height; rest < 1<<height {
		t.W = int(rest)
	}
	name := strings.Replace(path(t), "tile/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(string(f), name))
	if err != nil {
		return nil, err
	}
	for skip := index & (1<<height - 1); len(data) >= 2; skip-- {
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			break
		}
		if skip == 0 {
			return data[2 : 2+length], nil
		}
		data = data[2+length:]
	}
	return nil, fmt.Errorf("%s does not hold entry %d", name, index)
}

// open checks a checkpoint's signature. tlog.ParseTree accepts the Go project's own origin only, so the text is read here.
func open(file string, verifier note.Verifier) (tree tlog.Tree, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("%s is not a checkpoint of %s", file, verifier.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("%s holds no root", file)
	}
	copy(tree.Hash[:], root)
	return tree, nil
}

func checkRecords(log folder, tree tlog.Tree, hashes tlog.HashReader) error {
	seen := map[int64]bool{}
	for _, index := range []int64{0, 1, 255, 256, 257, 511, 512, 65535, 65536, tree.N / 2, tree.N - 2, tree.N - 1} {
		if index < 0 || index >= tree.N || seen[index] {
			continue
		}
		seen[index] = true
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return err
		}
		entry, err := log.entry(index, tree.N)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("record %d: %w", index, err)
		}
	}
	fmt.Printf("%d records\n", len(seen))
	return nil
}

func run(dir, earlier, key string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	before, err := open(earlier, verifier)
	if err != nil {
		return err
	}
	tree, err := open(filepath.Join(dir, "checkpoint"), verifier)
	if err != nil {
		return err
	}
	log := folder(dir)
	hashes := tlog.TileHashReader(tree, log)
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("the tiles make another root")
	}
	if err := checkRecords(log, tree, hashes); err != nil {
		return err
	}
	proof, err := tlog.ProveTree(tree.N, before.N, hashes)
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, tree.N, tree.Hash, before.N, before.Hash); err != nil {
		return err
	}
	fmt.Printf("tree %d -> %d\n", before.N, tree.N)
	return nil
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: verify <folder> <earlier checkpoint> <verifier key>")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
