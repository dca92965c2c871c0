autocmd BufNewFile,BufRead Corefile,CoreFile,Corefile.*,*.corefile,*.Corefile setfiletype corefile
